using System.Linq;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>What is awaited instead of a synchronous wait.</summary>
internal sealed class WaitReplacement
{
    private readonly ITypeSymbol? _awaitedType;
    private readonly string? _combinator;

    private WaitReplacement(ITypeSymbol? awaitedType, string? combinator = null)
    {
        _awaitedType = awaitedType;
        _combinator = combinator;
    }

    public ITypeSymbol? AwaitedType(FixContext fix) => _combinator is null ? _awaitedType ?? fix.Guard.Types.Task : fix.Guard.Types.Task;

    /// <summary>
    /// The replacement; null where there is none. A time-out has none: the wait goes on after it, and <c>WaitAsync</c> throws.
    /// </summary>
    public static WaitReplacement? Of(ExpressionSyntax node, IOperation operation, FixContext fix)
    {
        // a?.Result awaits null where a is null
        if (NullConditional.IsOnMember(node) || PatternMember.Is(node)) return null;
        switch (operation)
        {
            case IPropertyReferenceOperation property:
                return new WaitReplacement(property.Instance?.Type);

            // What a package's own wait does with exceptions differs from one to the next.
            case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Instance: null }:
                return null;

            case IInvocationOperation { TargetMethod.IsStatic: true } all:
                return OfCombinator(node, all, fix);
            case IInvocationOperation { Instance: { } task } wait when ConventionalNames.Waits(wait.TargetMethod.Name):
                return HasTimeout(wait, fix) ? null : new WaitReplacement(task.Type);
            case IInvocationOperation { Instance: IInvocationOperation getAwaiter }:
                return new WaitReplacement((getAwaiter.Instance ?? getAwaiter.Arguments.FirstOrDefault()?.Value)?.Type);
            default:
                return null;
        }
    }

    public ExpressionSyntax Write(ExpressionSyntax current)
    {
        if (current is InvocationExpressionSyntax { ArgumentList.Arguments: var tasks } all && _awaitedType is null)
        {
            // Task.WaitAll(task), Task.WaitAll(tasks, token)
            if (_combinator is null) return tasks[0].Expression;
            var expression = all.Expression is MemberAccessExpressionSyntax access ? access.WithName(IdentifierName(_combinator))
                : (ExpressionSyntax)IdentifierName(_combinator);
            return all.WithExpression(expression);
        }

        return current switch
        {
            MemberAccessExpressionSyntax result => result.Expression,
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method } wait,
                ArgumentList.Arguments: var arguments
            } call when ConventionalNames.Waits(method) =>
                arguments.Count == 0 ? wait.Expression
                : call.WithExpression(wait.WithName(IdentifierName("WaitAsync").WithTriviaFrom(wait.Name))),
            InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax getAwaiter }
                }
            } =>
                        getAwaiter.Expression,
            _ => current,
        };
    }

    private static WaitReplacement? OfCombinator(ExpressionSyntax node, IInvocationOperation all, FixContext fix)
    {
        // The index that WaitAny returns has no counterpart.
        if (!NullConditionalCall.IsUnused(all) || all.TargetMethod.Parameters.Length > 1
            || node is not InvocationExpressionSyntax { ArgumentList.Arguments: var tasks })
            return null;
        if (!TaskMembers.WaitAll.Is(all.TargetMethod))
            return LosesOwnTasks(tasks, fix) ? null : new WaitReplacement(awaitedType: null, "WhenAny");
        var isOne = tasks.Count == 1 && fix.Guard.Awaitables.IsTask(fix.Model.GetTypeInfo(tasks[0].Expression, fix.CancellationToken).Type);
        return new WaitReplacement(awaitedType: null, isOne ? null : "WhenAll");
    }

    // Task.WaitAny(load, refresh) of tasks that this code has started: AGD0208 would ask for those that lose.
    private static bool LosesOwnTasks(SeparatedSyntaxList<ArgumentSyntax> tasks, FixContext fix)
    {
        foreach (var task in tasks)
        {
            var owner = fix.Model.GetSymbolInfo(task.Expression, fix.CancellationToken).Symbol;
            if (owner is not (IParameterSymbol or IFieldSymbol)) return true;
        }

        return false;
    }

    private static bool HasTimeout(IInvocationOperation wait, FixContext fix) =>
        wait.Arguments.Any(argument => !fix.Guard.Tokens.IsToken(argument.Parameter?.Type))
        || (wait.Arguments.Length > 0 && fix.Guard.Types.Task?.GetMembers("WaitAsync").IsEmpty != false);
}

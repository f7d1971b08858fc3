using System.Linq;
using AsyncGuard.Analysis.Blocking;
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
    private readonly bool _waitsWithLimit;

    private WaitReplacement(ITypeSymbol? awaitedType, string? combinator = null, bool waitsWithLimit = false, bool needsTimeSpan = false)
    {
        _awaitedType = awaitedType;
        _combinator = combinator;
        _waitsWithLimit = waitsWithLimit;
        NeedsTimeSpan = needsTimeSpan;
    }

    /// <summary>The time-out is a number of milliseconds, which <c>WaitAsync</c> does not take.</summary>
    public bool NeedsTimeSpan { get; }

    public ITypeSymbol? AwaitedType(FixContext fix) => _combinator is null ? _awaitedType : fix.Guard.Types.Task;

    public static WaitReplacement? Of(ExpressionSyntax node, IOperation operation, FixContext fix)
    {
        // a?.Result awaits null where a is null
        if (node is MemberBindingExpressionSyntax or InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax }) return null;
        switch (operation)
        {
            case IPropertyReferenceOperation property:
                return new WaitReplacement(property.Instance?.Type);

            // What a package's own wait does with exceptions differs from one to the next.
            case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Instance: null }:
                return null;

            case IInvocationOperation { TargetMethod.IsStatic: true } all:
                return OfCombinator(all, fix);

            case IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } wait:
                if (wait.Arguments.Length == 0) return new WaitReplacement(task.Type);
                // The bool that tells a time-out has no counterpart: WaitAsync throws.
                return wait.Type?.SpecialType == SpecialType.System_Boolean && !NullConditionalCall.IsUnused(wait) ? null : Limited(wait, fix, null);

            case IInvocationOperation { Instance: IInvocationOperation getAwaiter }:
                return new WaitReplacement((getAwaiter.Instance ?? getAwaiter.Arguments.FirstOrDefault()?.Value)?.Type);

            default:
                return null;
        }
    }

    public ExpressionSyntax Write(ExpressionSyntax current)
    {
        if (_combinator is not null && current is InvocationExpressionSyntax combined)
        {
            var arguments = combined.ArgumentList.Arguments;
            var tasks = _waitsWithLimit ? SingletonSeparatedList(arguments[0]) : arguments;
            var expression = combined.Expression is MemberAccessExpressionSyntax access ? access.WithName(IdentifierName(_combinator)) : (ExpressionSyntax)IdentifierName(_combinator);
            var whenAll = combined.WithExpression(expression).WithArgumentList(combined.ArgumentList.WithArguments(tasks));
            return _waitsWithLimit ? WaitAsync(whenAll.WithoutTrailingTrivia(), arguments.RemoveAt(0)) : whenAll;
        }

        return current switch
        {
            MemberAccessExpressionSyntax result => result.Expression,
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" } wait, ArgumentList.Arguments: var arguments } =>
                arguments.Count == 0 ? wait.Expression : WaitAsync(wait.Expression, arguments, wait),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax getAwaiter } } } => getAwaiter.Expression,
            _ => current,
        };
    }

    private static WaitReplacement? OfCombinator(IInvocationOperation all, FixContext fix)
    {
        // The index that WaitAny returns and the bool of a time-out have no counterpart.
        if (!NullConditionalCall.IsUnused(all)) return null;
        var combinator = all.TargetMethod.Name == "WaitAll" ? "WhenAll" : "WhenAny";
        var isLimited = all.TargetMethod.Parameters.Length > 1;
        return isLimited ? Limited(all, fix, combinator) : new WaitReplacement(null, combinator);
    }

    private static WaitReplacement? Limited(IInvocationOperation wait, FixContext fix, string? combinator)
    {
        if (fix.Guard.Types.Task?.GetMembers("WaitAsync").IsEmpty != false) return null;
        var isMilliseconds = wait.Arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32);
        return new WaitReplacement(wait.Instance?.Type, combinator, waitsWithLimit: true, isMilliseconds);
    }

    private ExpressionSyntax WaitAsync(ExpressionSyntax task, SeparatedSyntaxList<ArgumentSyntax> limits, MemberAccessExpressionSyntax? written = null)
    {
        if (NeedsTimeSpan)
        {
            var time = limits[0];
            var span = InvocationExpression(ParseExpression("TimeSpan.FromMilliseconds"), ArgumentList(SingletonSeparatedList(Argument(time.Expression.WithoutTrivia()))));
            limits = limits.Replace(time, Argument(span).WithTriviaFrom(time));
        }

        var access = written?.WithName(IdentifierName("WaitAsync")) ?? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, task, IdentifierName("WaitAsync"));
        return InvocationExpression(access, ArgumentList(SeparatedList(limits.Select(limit => limit.WithNameColon(null)), limits.GetSeparators())));
    }
}

using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Limits;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Resources;

/// <summary>
/// <c>Channel.CreateUnbounded&lt;T>()</c> → <c>Channel.CreateBounded&lt;T>(1000)</c>. Offered where every writer awaits <c>WriteAsync</c>:
/// <c>TryWrite</c> would lose what does
/// not fit.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedBufferFix() : GuardFix(RuleTable.UnboundedBuffer)
{
    private const string Key = "AGD0502.Bound";
    private const string Limit = "1000";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { ArgumentList.Arguments.Count: 0 } node
            || fix.OperationOf(node) is not IInvocationOperation made || !ThreadingMembers.CreateUnbounded.Is(made.TargetMethod))
            return null;
        if (UnboundedBuffer.Of(made, fix.Guard) is not { Escapes: false } buffer
            || buffer.Puts.Any(static put => !ConventionalNames.WritesAsync(put.TargetMethod.Name) || !IsAwaited(put))
            || !LastingReader.Is(buffer, made, fix))
            return null;

        return new FixPlan($"Bound the channel to {Limit} items", Key, all => all.In(fix.Document.Id).Replace(node, static current =>
        {
            var call = (InvocationExpressionSyntax)current;
            var expression = call.Expression switch
            {
                MemberAccessExpressionSyntax { Name: GenericNameSyntax name } access =>
                    access.WithName(name.WithIdentifier(Identifier("CreateBounded"))),
                GenericNameSyntax name => name.WithIdentifier(Identifier("CreateBounded")),
                _ => call.Expression,
            };
            return call.WithExpression(expression).WithArgumentList(call.ArgumentList.AddArguments(Argument(ParseExpression(Limit))));
        }));
    }

    private static bool IsAwaited(IOperation put) => Unwrapped.AwaitAround(put) is not null;
}

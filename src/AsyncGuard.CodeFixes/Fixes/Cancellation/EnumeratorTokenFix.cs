using System.Collections.Generic;
using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Cancellation;

/// <summary>
/// <c>[EnumeratorCancellation]</c> on the parameter; <c>rows.WithCancellation(token)</c>, or the token as an argument, on the sequence.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EnumeratorTokenFix() : GuardFix(RuleTable.EnumeratorToken)
{
    private const string MarkKey = "AGD0310.Mark";
    private const string PassKey = "AGD0310.Pass";

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter
            && parameter.Identifier.Span == fix.Diagnostic.Location.SourceSpan)
            return Marking(parameter, fix);
        return fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is { } sequence
            && fix.Node.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { } loop ? Passing(sequence, loop, fix) : [];
    }

    // What the iterator does not look at is passed on as well: marked alone, it would be one more token that is not observed.
    private static IEnumerable<FixPlan> Marking(ParameterSyntax parameter, FixContext fix)
    {
        if (fix.Model.GetDeclaredSymbol(parameter,
            fix.CancellationToken) is not IParameterSymbol { ContainingSymbol: IMethodSymbol function } symbol
            || UnusedToken.CodeOf(function) is not { } code)
            yield break;
        var isUsed = code.DescendantTokens().Any(token => token.ValueText == symbol.Name)
            || FixedSignature.Is(function, fix.Guard, fix.CancellationToken);
        var calls = isUsed ? [] : TokenForwarding.CallsIn(code, symbol, fix);
        var loops = isUsed || calls.Count > 0 ? [] : TokenForwarding.LoopsIn(code, parameter.Identifier.Text, fix);
        if (!isUsed && calls.Count + loops.Count == 0) yield break;
        yield return new FixPlan("Mark the parameter with '[EnumeratorCancellation]'", MarkKey, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(parameter, current =>
            {
                var written = (ParameterSyntax)current;
                var attributes = AttributeList(SingletonSeparatedList(Attribute(IdentifierName("EnumeratorCancellation"))))
                    .WithLeadingTrivia(written.GetLeadingTrivia()).WithTrailingTrivia(Space);
                return written.WithoutLeadingTrivia().WithAttributeLists(written.AttributeLists.Insert(0, attributes));
            });
            KnownImports.Add(fix.Guard.Types.EnumeratorCancellationAttribute, edits, parameter, fix);
            TokenForwarding.Record(calls, edits, fix);
            foreach (var loop in loops) loop.Record(edits);
        });
    }

    private static IEnumerable<FixPlan> Passing(ExpressionSyntax sequence, CommonForEachStatementSyntax loop, FixContext fix)
    {
        if (fix.OperationOf(loop) is not IForEachLoopOperation operation
            || EnumerationToken.MissingIn(operation, fix.MemberOf(loop), fix.Guard) is not var (_, token)
            || AcquireScope.Forbids(operation, fix.Guard) || PolledEnd.IsSkippedFrom(operation, token, fix.Guard))
            yield break;

        // A parameter that is not marked gets only what is passed to it.
        if (sequence is InvocationExpressionSyntax call && fix.OperationOf(call) is IInvocationOperation { TargetMethod: var method }
            && !TakesFromEnumeration(method, fix) && TokenArgument.For(call, call, token.Expression, fix) is { } argument)
        {
            yield return new FixPlan($"Pass '{token.Expression}'", PassKey,
                all => all.In(fix.Document.Id).Replace(call, current => argument.AddTo((InvocationExpressionSyntax)current)));
            yield break;
        }

        yield return new FixPlan($"Add '.WithCancellation({token.Expression})'", PassKey, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(sequence, current => WithCancellation.On((ExpressionSyntax)current, token.Expression));
            KnownImports.AddTask(edits, sequence, fix);
        });
    }

    private static bool TakesFromEnumeration(IMethodSymbol method, FixContext fix) =>
        EnumerationToken.TokenParameterOf(method, fix.Guard) is { } parameter && EnumerationToken.IsMarked(parameter, fix.Guard);
}

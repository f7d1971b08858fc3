using System.Composition;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Blocking;

/// <summary><c>File.ReadAllText(path)</c> → <c>await File.ReadAllTextAsync(path, token)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingCallFix() : GuardFix(RuleTable.BlockingCall)
{
    private const string Key = "AGD0103.AwaitCounterpart";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } node) return null;
        // a?.Load() awaits null where a is null
        if (node.Expression is MemberBindingExpressionSyntax || node.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(conditional => conditional.WhenNotNull.Contains(node)) is not null) return null;
        if (fix.OperationOf(node) is not IInvocationOperation call || AwaitableCounterparts.Of(fix.Guard).Find(call) is not { } counterpart) return null;
        if (!Awaiting.IsLegalAt(call) || AsyncSignature.For(node, fix) is not { } signature) return null;

        var token = TokenFor(call, node, counterpart, fix);
        if (counterpart.NeedsToken && token is null) return null;

        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, counterpart.Method.ReturnType);
        return new FixPlan($"Await '{counterpart.Name}' instead", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(node, current =>
            {
                var renamed = Renamed((InvocationExpressionSyntax)current, counterpart.Name);
                return Awaiting.InPlaceOf((InvocationExpressionSyntax)current, token?.AddTo(renamed) ?? renamed, configureAwait);
            });
            signature.Record(edits);
            if (counterpart.ImportedFrom is { } extensions) edits.Import(extensions.ContainingNamespace.ToDisplayString());
        });
    }

    private static TokenArgument? TokenFor(IInvocationOperation call, InvocationExpressionSyntax node, Counterpart counterpart, FixContext fix)
    {
        if (TokenScope.Of(fix.Guard).Best(call, fix.MemberOf(node)) is not { } token || CleanupCode.Is(call, fix.MemberOf(node))) return null;
        return TokenArgument.For(node, Renamed(node, counterpart.Name), token.Expression, fix);
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name) => call.WithExpression(call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.WithName(Renamed(access.Name, name)),
        SimpleNameSyntax simple => Renamed(simple, name),
        var other => other,
    });

    private static SimpleNameSyntax Renamed(SimpleNameSyntax original, string name) =>
        original.WithIdentifier(Identifier(name).WithTriviaFrom(original.Identifier));
}

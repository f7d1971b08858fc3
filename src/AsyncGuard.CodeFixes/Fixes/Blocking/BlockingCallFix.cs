using System.Collections.Generic;
using System.Composition;
using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Offloading;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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

    private protected override IEnumerable<FixPlan> Plans(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait) || ReplayedCode.Surrounds(fix.Node, fix)
            || fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } node
            || NullConditional.IsOnMember(node))
            yield break;
        if (fix.OperationOf(node) is not IInvocationOperation call || AwaitableCounterparts.Of(fix.Guard).Find(call) is not { } counterpart)
            yield break;
        if (!Awaiting.IsLegalAt(call) || PassedOverride.Is(call, counterpart.Name) || AsyncSignature.For(node, fix) is not { } signature)
            yield break;
        var renamed = Bindable(Renamed(node, counterpart), counterpart);
        var takesToken = TokenScope.Of(fix.Guard).Best(call, fix.MemberOf(node)) is { } best
            && TokenArgument.For(node, renamed, best.Expression, fix) is not null;
        foreach (var way in TokenWay.At(call, fix, canDoWithout: !takesToken))
        {
            if (way.Token is { } token)
            {
                if (TokenArgument.For(node, renamed, token, fix) is { } argument)
                    yield return Awaited(node, counterpart, argument, way, signature, fix);
            }
            else if (!counterpart.NeedsToken)
            {
                yield return Awaited(node, counterpart, argument: null, way, signature, fix);
            }
            else if (TokenArgument.For(node, renamed, NoToken(node, fix), fix) is { } none)
            {
                yield return Awaited(node, counterpart, none, way, signature, fix);
            }
        }
    }

    private static FixPlan Awaited(InvocationExpressionSyntax node, Counterpart counterpart, TokenArgument? argument, TokenWay way,
        AsyncSignature signature, FixContext fix)
    {
        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, counterpart.Method.ReturnType);
        return new FixPlan($"Await '{counterpart.Name}' instead", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(node, current =>
            {
                var renamed = Renamed((InvocationExpressionSyntax)current, counterpart);
                return Awaiting.InPlaceOf((InvocationExpressionSyntax)current, argument?.AddTo(renamed) ?? renamed, configureAwait);
            });
            signature.Record(edits);
            way.Record(edits, fix);
            if (counterpart.ImportedFrom is { } extensions) edits.Import(extensions.ContainingNamespace.ToDisplayString());
        });
    }

    // rows.ToListAsync(), whose using is added only with the fix  →  EntityFrameworkQueryableExtensions.ToListAsync(rows)
    private static InvocationExpressionSyntax Bindable(InvocationExpressionSyntax call, Counterpart counterpart) =>
        counterpart.ImportedFrom is { } extensions
        && call.Expression is MemberAccessExpressionSyntax { Expression: var receiver, Name: var name }
            ? InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression,
                    ParseExpression(extensions.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)), name.WithoutTrivia()),
                call.ArgumentList.WithArguments(call.ArgumentList.Arguments.Insert(0, Argument(receiver.WithoutTrivia()))))
            : call;

    // CancellationToken.None, by a name that is known where the call stands
    private static string NoToken(SyntaxNode node, FixContext fix) =>
        fix.Guard.Types.CancellationToken!.ToMinimalDisplayString(fix.Model, node.SpanStart) + ".None";

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, Counterpart counterpart)
    {
        var renamed = Renamed(call, counterpart.Name);
        return counterpart.Arguments?.ApplyTo(renamed) ?? renamed;
    }

    private static InvocationExpressionSyntax Renamed(InvocationExpressionSyntax call, string name) =>
        call.WithExpression(call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.WithName(Renamed(access.Name, name)),
            SimpleNameSyntax simple => Renamed(simple, name),
            var other => other,
        });

    private static SimpleNameSyntax Renamed(SimpleNameSyntax original, string name) =>
        original.WithIdentifier(Identifier(name).WithTriviaFrom(original.Identifier));
}

using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using AsyncGuard.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Resources;

/// <summary>
/// <c>using var file = …;</c> → <c>await using var file = …;</c>, <c>file.Dispose()</c> → <c>await file.DisposeAsync()</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SynchronousDisposeFix() : GuardFix(RuleTable.SynchronousDispose)
{
    private const string Key = "AGD0505.DisposeAsync";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.HasHint(FixHints.NoAwait)) return null;
        return fix.Node.FirstAncestorOrSelf<SyntaxNode>(
            node => node is UsingStatementSyntax or LocalDeclarationStatementSyntax or InvocationExpressionSyntax) switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => OfCall(call, access, fix),
            StatementSyntax use => OfUsing(use, fix),
            _ => null,
        };
    }

    private static FixPlan? OfCall(InvocationExpressionSyntax call, MemberAccessExpressionSyntax access, FixContext fix)
    {
        if (fix.OperationOf(call) is not { } operation || !Awaiting.IsLegalAt(operation)
            || AsyncSignature.For(call, fix) is not { } signature)
            return null;
        if (call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(conditional => conditional.WhenNotNull.Contains(call)) is not null)
            return null;

        var configureAwait = Awaiting.UsesConfigureAwait(call, fix, fix.Guard.Types.Task);
        return new FixPlan("Await 'DisposeAsync' instead", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(call, current =>
            {
                var disposal = (InvocationExpressionSyntax)current;
                var renamed =
                    ((MemberAccessExpressionSyntax)disposal.Expression).WithName(IdentifierName(WellKnownMember.DisposeAsync)
                    .WithTriviaFrom(access.Name));
                return Awaiting.InPlaceOf(disposal, disposal.WithExpression(renamed), configureAwait);
            });
            signature.Record(edits);
        });
    }

    private static FixPlan? OfUsing(StatementSyntax use, FixContext fix)
    {
        if (fix.OperationOf(use) is not { } operation || !Awaiting.IsLegalAt(operation)
            || AsyncSignature.For(use, fix) is not { } signature)
            return null;
        var configureAwait = Awaiting.UsesConfigureAwait(use, fix, fix.Guard.Types.Task);
        if (configureAwait && (!AwaitUsing.CanConfigure(use) || MayBeNull(use, fix))) return null;

        var scopes = AwaitUsing.ScopesIn(use, fix);
        var scopeType = scopes.Count > 0 ? AwaitUsing.TypeIn(use) : null;
        return new FixPlan("Use 'await using'", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            foreach (var scope in scopes) edits.Replace(scope, AwaitUsing.AsyncScope);
            if (scopeType is not null) edits.Replace(scopeType, AwaitUsing.AsyncScopeType);
            if (configureAwait) edits.ReplaceByMany(use, AwaitUsing.Configured);
            else edits.Replace(use, AwaitUsing.Plain);
            if (configureAwait) KnownImports.AddTask(edits, use, fix);
            signature.Record(edits);
        });
    }

    // using passes over null; null.ConfigureAwait(false) fails when it is disposed
    private static bool MayBeNull(StatementSyntax use, FixContext fix)
    {
        var variables = use switch
        {
            UsingStatementSyntax { Declaration: { } declared } => declared.Variables,
            LocalDeclarationStatementSyntax declaration => declaration.Declaration.Variables,
            _ => default,
        };
        var resources = use is UsingStatementSyntax { Expression: { } resource } ? [resource]
            : variables.Select(variable => variable.Initializer?.Value).OfType<ExpressionSyntax>();
        return resources.Any(value => fix.Model.GetTypeInfo(value, fix.CancellationToken) is { Type: not { IsValueType: true } } type
            && type.Nullability.FlowState != NullableFlowState.NotNull
            && fix.OperationOf(value) is { } operation && !IsMade(Unwrapped.Conversions(operation)));
    }

    // new X(), await CreateAsync() of the framework, File.OpenRead(path)
    private static bool IsMade(IOperation value)
    {
        if (value is IAwaitOperation awaited) value = Unwrapped.Awaited(awaited.Operation);
        return value is IObjectCreationOperation
            || (value is IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: true } method }
            && FrameworkAssemblies.IsSystem(method.ContainingAssembly.Name));
    }
}

using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Lifetimes;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Resources;

/// <summary>
/// <c>using var client = new HttpClient();</c> → a <c>static readonly</c> client that all calls share.
/// Offered where the client is not configured for the one call: what is set on a shared client is set for everybody.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HttpClientPerCallFix() : GuardFix(RuleTable.HttpClientPerCall)
{
    private const string Key = "AGD0501.Share";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation
            || fix.OperationOf(creation) is not IObjectCreationOperation { Arguments.Length: 0, Initializer: null } made)
            return null;
        if (!SymbolEqualityComparer.Default.Equals(made.Type, fix.Guard.Types.HttpClient)) return null;
        if (creation.FirstAncestorOrSelf<TypeDeclarationSyntax>(SharedClientField.CanStandIn) is not { } around) return null;
        if (fix.Model.GetDeclaredSymbol(around, fix.CancellationToken) is not INamedTypeSymbol type) return null;
        if (SharedClientField.For(type, fix) is not { } field || UseOf(creation, fix) is not { } use) return null;

        return new FixPlan("Share one static 'HttpClient'", Key, all =>
        {
            use.Record(all.In(fix.Document.Id), field.Name);
            if (field.Exists || !all.IsFirst(Key + type.ToDisplayString())) return;
            var (document, owner) = SharedClientField.OwnerOf(type, fix) ?? (fix.Document.Id, around);
            var edits = all.In(document);
            edits.Replace(owner, current => field.AddTo((TypeDeclarationSyntax)current));
            KnownImports.Add(fix.Guard.Types.HttpClient, edits, owner, fix.Model.Compilation.GetSemanticModel(owner.SyntaxTree));
        });
    }

    private static ClientUse? UseOf(BaseObjectCreationExpressionSyntax creation, FixContext fix)
    {
        var client = Unwrapped.ParenthesesAround(creation);
        switch (client.Parent)
        {
            // new HttpClient().GetStringAsync(url)
            case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access when !EndsClient(access):
                return new ClientUse(client, [], scope: null);

            // using var client = new HttpClient();   var client = new HttpClient();   using (var client = new HttpClient()) { … }
            case EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: StatementSyntax scope
                    }
                } variable
            }:
                if (fix.Model.GetDeclaredSymbol(variable, fix.CancellationToken) is not ILocalSymbol local
                    || (scope is UsingStatementSyntax use && !UnwrapUsing.IsSimple(use)))
                    return null;
                var disposals = ImmutableList.Create<ExpressionStatementSyntax>();
                var references = ReferencesTo(local, variable, fix);
                foreach (var name in references)
                {
                    if (DisposalOf(name) is { } disposal)
                    {
                        if (!ClientUse.CanDrop(disposal) || IsUsedAfter(disposal, references, scope)) return null;
                        disposals = disposals.Add(disposal);
                    }
                    else if (name.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call
                        || EndsClient(call))
                    {
                        return null;
                    }
                }

                return new ClientUse(client, [.. disposals], scope);

            default:
                return null;
        }
    }

    // What uses a client that is disposed fails; one that is shared is not disposed.
    private static bool IsUsedAfter(ExpressionStatementSyntax disposal, IdentifierNameSyntax[] references, StatementSyntax scope) =>
        references.Any(name => name.SpanStart > disposal.Span.End && DisposalOf(name) is null)
        || disposal.Ancestors().TakeWhile(node => node != scope.Parent).Any(LoopBodies.IsLoop);

    private static bool EndsClient(MemberAccessExpressionSyntax call) =>
        call.Name.Identifier.ValueText is WellKnownMember.Dispose
        || PlatformMembers.CancelRequests.IsNamed(call.Name.Identifier.ValueText);

    // client.Dispose(); client?.Dispose();
    private static ExpressionStatementSyntax? DisposalOf(IdentifierNameSyntax client) => client.Parent switch
    {
        MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: WellKnownMember.Dispose,
            Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax statement }
        } => statement,
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax
            {
                Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.Dispose }
            },
            Parent: ExpressionStatementSyntax statement
        } => statement,
        _ => null,
    };

    private static IdentifierNameSyntax[] ReferencesTo(ILocalSymbol local, SyntaxNode declared, FixContext fix) =>
        [.. (EnclosingFunction.Of(declared) ?? declared.FirstAncestorOrSelf<MemberDeclarationSyntax>()!).DescendantNodes()
        .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
            && SymbolEqualityComparer.Default.Equals(fix.Model.GetSymbolInfo(name, fix.CancellationToken).Symbol, local))];

    /// <summary>The place that makes a client, and what ends its life there.</summary>
    private sealed class ClientUse(ExpressionSyntax client, ExpressionStatementSyntax[] disposals, StatementSyntax? scope)
    {
        // In a finally of its own it takes the finally with it; elsewhere it just goes, unless there is a comment on it.
        public static bool CanDrop(ExpressionStatementSyntax disposal) =>
            disposal.Parent is BlockSyntax block && !UnwrapUsing.HasComment(block.Parent is FinallyClauseSyntax ? block.Parent : disposal)
            && (block.Parent is not FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 0 } attempt }
            || block.Statements.Count > 1 || (attempt.Parent is BlockSyntax && UnwrapUsing.CanLoseBraces(attempt.Block)));

        public void Record(DocumentEdits edits, string field)
        {
            edits.Replace(client, current => IdentifierName(field).WithTriviaFrom(current));
            foreach (var disposal in disposals) Drop(disposal, edits);
            if (scope is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
                edits.Replace(scope, current => WithoutUsing((LocalDeclarationStatementSyntax)current));
            if (scope is not UsingStatementSyntax) return;
            if (scope.Parent is BlockSyntax or SwitchSectionSyntax)
                edits.ReplaceByMany(scope, current => UnwrapUsing.Statements((UsingStatementSyntax)current));
            else edits.Replace(scope, current => UnwrapUsing.InBlock((UsingStatementSyntax)current));
        }

        private static void Drop(ExpressionStatementSyntax disposal, DocumentEdits edits)
        {
            if (disposal.Parent is not BlockSyntax
                {
                    Statements.Count: 1,
                    Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt }
                })
                edits.ReplaceByMany(disposal, _ => []);
            else if (attempt.Catches.Count == 0)
                edits.ReplaceByMany(attempt, current => UnwrapUsing.Inner(((TryStatementSyntax)current).Block, current));
            else edits.Replace(attempt, current => ((TryStatementSyntax)current).WithFinally(null));
        }

        private static LocalDeclarationStatementSyntax WithoutUsing(LocalDeclarationStatementSyntax declaration) =>
            declaration.WithUsingKeyword(default).WithAwaitKeyword(default).WithLeadingTrivia(declaration.GetLeadingTrivia());
    }
}

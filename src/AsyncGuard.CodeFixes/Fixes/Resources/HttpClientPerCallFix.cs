using System.Composition;
using System.Linq;
using AsyncGuard.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
    private const string FieldName = "SharedHttpClient";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation || fix.OperationOf(creation) is not IObjectCreationOperation { Arguments.Length: 0, Initializer: null }) return null;
        if (creation.FirstAncestorOrSelf<TypeDeclarationSyntax>(type => type is not InterfaceDeclarationSyntax) is not { } owner) return null;
        if (fix.Model.GetDeclaredSymbol(owner, fix.CancellationToken) is not INamedTypeSymbol type || type.GetMembers(FieldName).Any(member => !IsSharedClient(member, fix))) return null;

        var hasField = !type.GetMembers(FieldName).IsEmpty;
        var useOf = UseOf(creation, fix);
        if (useOf is null) return null;
        return new FixPlan("Share one static 'HttpClient'", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            useOf.Record(edits);
            if (!hasField && edits.IsFirst(owner, Key)) edits.Replace(owner, current => WithField((TypeDeclarationSyntax)current, edits, owner, fix));
        });
    }

    private static bool IsSharedClient(ISymbol member, FixContext fix) => member is IFieldSymbol { IsStatic: true } shared && SymbolEqualityComparer.Default.Equals(shared.Type, fix.Guard.Types.HttpClient);

    private static ClientUse? UseOf(BaseObjectCreationExpressionSyntax creation, FixContext fix)
    {
        switch (creation.Parent)
        {
            // new HttpClient().GetStringAsync(url)
            case MemberAccessExpressionSyntax:
            case ParenthesizedExpressionSyntax:
                return new ClientUse(creation, dispose: null, statement: null);

            // using var client = new HttpClient();   var client = new HttpClient();   using (var client = new HttpClient()) { … }
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } variable }:
                if (fix.Model.GetDeclaredSymbol(variable, fix.CancellationToken) is not ILocalSymbol local || IsConfigured(local, variable, fix)) return null;
                return new ClientUse(creation, DisposeOf(local, variable, fix), declaration.Parent as StatementSyntax);

            default:
                return null;
        }
    }

    // client.Timeout = …, client.DefaultRequestHeaders.Add(…)
    private static bool IsConfigured(ILocalSymbol local, SyntaxNode declared, FixContext fix) =>
        ReferencesTo(local, declared, fix).Any(name =>
            name.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } and not ConditionalAccessExpressionSyntax
            || name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CancelPendingRequests" });

    private static ExpressionStatementSyntax? DisposeOf(ILocalSymbol local, SyntaxNode declared, FixContext fix) =>
        ReferencesTo(local, declared, fix).Select(name => name.Parent)
            .OfType<MemberAccessExpressionSyntax>().Where(access => access.Name.Identifier.ValueText == "Dispose")
            .Select(access => access.Parent?.Parent).OfType<ExpressionStatementSyntax>().FirstOrDefault();

    private static IdentifierNameSyntax[] ReferencesTo(ILocalSymbol local, SyntaxNode declared, FixContext fix) =>
        [.. EnclosingFunction.Of(declared)!.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(fix.Model.GetSymbolInfo(name, fix.CancellationToken).Symbol, local))];

    private static SyntaxNode WithField(TypeDeclarationSyntax type, DocumentEdits edits, TypeDeclarationSyntax original, FixContext fix)
    {
        KnownImports.Add(fix.Guard.Types.HttpClient, edits, original, fix);
        var first = type.Members[0];
        var indent = TriviaList(first.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        var newLine = type.DescendantTrivia().First(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var field = ((FieldDeclarationSyntax)ParseMemberDeclaration($"private static readonly HttpClient {FieldName} = new HttpClient();")!)
            .WithLeadingTrivia(indent).WithTrailingTrivia(newLine);
        var separated = first is FieldDeclarationSyntax || first.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia) ? first : first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, newLine));
        return type.WithMembers(type.Members.Replace(first, separated).Insert(0, field));
    }

    /// <summary>The place that makes a client, and what ends its life there.</summary>
    private sealed class ClientUse(BaseObjectCreationExpressionSyntax creation, ExpressionStatementSyntax? dispose, StatementSyntax? statement)
    {
        public void Record(DocumentEdits edits)
        {
            edits.Replace(creation, current => IdentifierName(FieldName).WithTriviaFrom(current));
            if (dispose is not null) edits.ReplaceByMany(dispose, _ => []);
            if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }) edits.Replace(statement, current => WithoutUsing((LocalDeclarationStatementSyntax)current));
            if (statement is UsingStatementSyntax) edits.ReplaceByMany(statement, current => Unwrapped((UsingStatementSyntax)current));
        }

        private static LocalDeclarationStatementSyntax WithoutUsing(LocalDeclarationStatementSyntax declaration) =>
            declaration.WithUsingKeyword(default).WithAwaitKeyword(default).WithLeadingTrivia(declaration.GetLeadingTrivia());

        // using (var client = …) { … }  →  var client = …; …
        private static SyntaxNode[] Unwrapped(UsingStatementSyntax use)
        {
            var indent = TriviaList(use.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
            var declaration = LocalDeclarationStatement(use.Declaration!.WithoutTrivia()).WithLeadingTrivia(use.GetLeadingTrivia()).WithTrailingTrivia(use.CloseParenToken.TrailingTrivia);
            if (use.Statement is not BlockSyntax block) return [declaration, use.Statement];
            var inner = block.Statements.Select(statement => Shift(statement, indent)).ToArray();
            if (inner.Length > 0) inner[inner.Length - 1] = inner[inner.Length - 1].WithTrailingTrivia(use.GetTrailingTrivia());
            return [declaration, .. inner];
        }

        private static StatementSyntax Shift(StatementSyntax statement, SyntaxTriviaList indent) =>
            statement.WithLeadingTrivia(statement.GetLeadingTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Concat(indent)).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation);
    }
}

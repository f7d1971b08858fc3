using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Ends an opened group with its block: <c>await using var scope = …</c>, and <c>await scope.JoinAsync();</c> as the last statement.
/// </summary>
internal sealed class ScopeEnd
{
    private readonly LocalDeclarationStatementSyntax? _declaration;
    private readonly SyntaxNode? _joined;
    private readonly StatementSyntax _join;
    private readonly AsyncSignature _signature;

    private ScopeEnd(LocalDeclarationStatementSyntax? declaration, SyntaxNode? joined, StatementSyntax join, AsyncSignature signature)
    {
        _declaration = declaration;
        _joined = joined;
        _join = join;
        _signature = signature;
    }

    /// <summary>Whether the declaration lacks its <c>await using</c>.</summary>
    public bool IsUsing => _declaration is not null;

    /// <summary>
    /// What the group that the call opens lacks; null where it cannot be added, or where it is not certain that waiting there is
    /// intended.
    /// </summary>
    public static ScopeEnd? For(InvocationExpressionSyntax opening, FixContext fix)
    {
        if (opening.Parent is not EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax
                    {
                        Variables.Count: 1,
                        Parent: StatementSyntax statement
                    }
                }
            })
            return null;
        if (fix.OperationOf(opening) is not { } operation || OpenedGroup.Of(operation, fix.Guard) is not { } group
            || AsyncSignature.For(opening, fix) is not { } signature)
            return null;
        if (CodeContext.Of(operation, fix.MemberOf(opening), fix.Guard).Obstacle != AwaitObstacle.None) return null;

        var list = statement is UsingStatementSyntax { Statement: var body } ? body as BlockSyntax : StatementList.ListOf(statement);
        if (list is null) return null;
        var misses = GroupJoin.Of(group, new LazyGraph(operation).Create, fix.Guard) is { IsMissing: true };
        if (misses && !CanJoinAtEnd(list, statement, fix)) return null;

        var configured = Awaiting.UsesConfigureAwait(opening, fix, fix.Guard.Types.Task) ? ".ConfigureAwait(false)" : "";
        var join = ParseStatement(
            $"await {opening.FirstAncestorOrSelf<VariableDeclaratorSyntax>()!.Identifier.Text}.JoinAsync(){configured};");
        return new ScopeEnd(group.IsEnded ? null : statement as LocalDeclarationStatementSyntax, misses ? list : null, join, signature);
    }

    public void Record(DocumentEdits edits)
    {
        if (_declaration is not null) edits.Replace(_declaration, current => WithAwaitUsing((LocalDeclarationStatementSyntax)current));
        if (_joined is not null) edits.Replace(_joined, current => StatementList.WithLast(current, _join));
        _signature.Record(edits);
    }

    private static LocalDeclarationStatementSyntax WithAwaitUsing(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithoutLeadingTrivia()
        .WithUsingKeyword(Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(Space))
        .WithAwaitKeyword(Token(declaration.GetLeadingTrivia(), SyntaxKind.AwaitKeyword, TriviaList(Space)));

    // return await LoadAsync(); would come after the join, and the children may be what it needs running.
    private static bool CanJoinAtEnd(SyntaxNode list, StatementSyntax opening, FixContext fix)
    {
        var statements = StatementList.In(list);
        if (statements.Count == 0) return false;
        var end = StatementList.IndexOfEnd(statements);
        if (statements.Skip(end)
            .Any(statement => statement is ReturnStatementSyntax && statement.DescendantNodes().Any(node => node is AwaitExpressionSyntax)))
            return false;
        if (end == 0 || statements[end - 1] == opening || list is CompilationUnitSyntax) return end > 0 && statements[end - 1] != opening;
        return fix.Model.AnalyzeControlFlow(statements[0], statements[end - 1]) is { Succeeded: true, EndPointIsReachable: true };
    }
}

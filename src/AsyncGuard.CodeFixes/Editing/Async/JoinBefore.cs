using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>Awaits several tasks at once before the first of them is awaited: <c>await Task.WhenAll(a, b);</c></summary>
internal sealed class JoinBefore
{
    private readonly StatementSyntax _statement;
    private readonly string _arguments;
    private readonly bool _configureAwait;

    private JoinBefore(StatementSyntax statement, string arguments, bool configureAwait)
    {
        _statement = statement;
        _arguments = arguments;
        _configureAwait = configureAwait;
    }

    /// <summary>How the tasks are joined; null where no statement stands alone before the await.</summary>
    public static JoinBefore? For(AwaitExpressionSyntax node, ILocalSymbol? collection, IReadOnlyList<ILocalSymbol> locals, FixContext fix)
    {
        SyntaxNode? place = node;
        if (collection is not null)
            place = node.Ancestors().FirstOrDefault(loop => loop is CommonForEachStatementSyntax or ForStatementSyntax);
        if (place?.FirstAncestorOrSelf<StatementSyntax>() is not
            {
                Parent: BlockSyntax or SwitchSectionSyntax
            or GlobalStatementSyntax
            } statement)
            return null;
        if (!locals.All(local => local.Equals(collection, SymbolEqualityComparer.Default) || fix.Guard.Awaitables.IsTask(local.Type)))
            return null;
        // Task.WhenAll throws where one of them is null, which the code around asks for.
        if (IsCrossedByRefLike(statement, fix) || locals.Any(local => MayBeNull(local, statement))) return null;
        if (EffectsBetween.AreAny(statement, locals, fix)) return null;
        return new JoinBefore(statement, string.Join(", ", locals.Select(local => local.Name)),
            Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task));
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var join = ParseStatement($"await Task.WhenAll({_arguments}){(_configureAwait ? ".ConfigureAwait(false)" : "")};");
        edits.Recheck(_statement);
        edits.Replace(StatementList.ListOf(_statement)!, list => StatementList.WithBefore(list, list.GetCurrentNode(_statement)!, join));
        KnownImports.AddTask(edits, _statement, fix);
    }

    private static bool IsCrossedByRefLike(StatementSyntax statement, FixContext fix) =>
        fix.OperationOf(statement) is { } place && RefLikeAcross.Is(place);

    // Task<int> second = v6 ? LoadAsync(2) : null; … second is null ? 0 : await second
    private static bool MayBeNull(ILocalSymbol local, StatementSyntax statement)
    {
        if (EnclosingFunction.Of(statement) is not { } function) return true;
        foreach (var node in function.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax declarator when declarator.Identifier.ValueText == local.Name:
                    if (declarator.Initializer is { Value: var first } && HasNull(first)
                        || declarator.Parent is VariableDeclarationSyntax { Type: NullableTypeSyntax })
                        return true;
                    break;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var assigned }, Right: var value }
                    when assigned == local.Name && HasNull(value):
                case IdentifierNameSyntax { Identifier.ValueText: var name } use when name == local.Name && IsAskedForNull(use):
                    return true;
            }
        }

        return false;
    }

    private static bool HasNull(ExpressionSyntax value) =>
        value.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or ArgumentListSyntax)).Any(node =>
        node.IsKind(SyntaxKind.NullLiteralExpression) || node.IsKind(SyntaxKind.DefaultLiteralExpression)
        || node is DefaultExpressionSyntax or ConditionalAccessExpressionSyntax || node.IsKind(SyntaxKind.AsExpression));

    private static bool IsAskedForNull(IdentifierNameSyntax use) => use.Parent switch
    {
        BinaryExpressionSyntax { Left: var left, Right: var right } =>
            left.IsKind(SyntaxKind.NullLiteralExpression) || right.IsKind(SyntaxKind.NullLiteralExpression)
            || use.Parent.IsKind(SyntaxKind.CoalesceExpression),
        IsPatternExpressionSyntax => true,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression == use,
        _ => false,
    };
}

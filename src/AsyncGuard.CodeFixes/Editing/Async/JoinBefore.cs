using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
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
        if (collection is not null) place = node.Ancestors().FirstOrDefault(loop => loop is CommonForEachStatementSyntax or ForStatementSyntax);
        if (place?.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement) return null;
        if (!locals.All(local => local.Equals(collection, SymbolEqualityComparer.Default) || fix.Guard.Awaitables.IsTask(local.Type))) return null;
        if (IsCrossedByRefLike(statement, fix)) return null;
        return new JoinBefore(statement, string.Join(", ", locals.Select(local => local.Name)), Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task));
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var join = ParseStatement($"await Task.WhenAll({_arguments}){(_configureAwait ? ".ConfigureAwait(false)" : "")};");
        edits.Recheck(_statement);
        edits.Replace(StatementList.ListOf(_statement)!, list => StatementList.WithBefore(list, list.GetCurrentNode(_statement)!, join));
        KnownImports.AddTask(edits, _statement, fix);
    }

    private static bool IsCrossedByRefLike(StatementSyntax statement, FixContext fix) => fix.OperationOf(statement) is { } place && RefLikeAcross.Is(place);
}

using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Limits;

/// <summary><c>Task.WhenAll(rows.Select(row => SendAsync(row)))</c> → the same with a limit.</summary>
internal sealed class LimitedSelect
{
    private readonly InvocationExpressionSyntax _join;
    private readonly LimitedLoop _loop;
    private readonly StatementSyntax? _removed;
    private readonly bool _wantsResults;

    private LimitedSelect(InvocationExpressionSyntax join, LimitedLoop loop, StatementSyntax? removed, bool wantsResults)
    {
        _join = join;
        _loop = loop;
        _removed = removed;
        _wantsResults = wantsResults;
    }

    public bool IsGroup => _loop.IsGroup;

    public static LimitedSelect? For(InvocationExpressionSyntax select, FixContext fix)
    {
        if (select is not { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var called } }
            || !SequenceMembers.Select.IsNamed(called) || LimitedLoop.ForSelect(select, fix) is not { } loop)
            return null;

        ExpressionSyntax sequence = select;
        while (sequence.Parent is MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: var method,
                Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } collected
            } && CollectionNames.Lists(method))
            sequence = collected;
        StatementSyntax? removed = null;
        if (sequence.Parent is EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Identifier.ValueText: var name,
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration }
                }
            })
        {
            if (UnwrapUsing.HasComment(declaration) || Use(declaration, name) is not { } use) return null;
            (sequence, removed) = (use, declaration);
        }

        if (sequence.Parent is not ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 1 } join }
            || !IsWhenAll(join, fix))
            return null;
        var wantsResults = fix.OperationOf(join) is { Type: INamedTypeSymbol { Arity: 1 } } && !IsUnusedAwait(join);
        return wantsResults && !loop.IsGroup ? null : new LimitedSelect(join, loop, removed, wantsResults);
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_join, current => _loop.Write(_wantsResults).WithTriviaFrom(current));
        if (_removed is not null) edits.ReplaceByMany(_removed, _ => []);
        _loop.Import(edits, _join);
    }

    // The only use of the local, in the statement after its declaration.
    private static IdentifierNameSyntax? Use(LocalDeclarationStatementSyntax declaration, string name)
    {
        if (StatementList.ListOf(declaration) is not { } list) return null;
        var statements = StatementList.In(list).SkipWhile(statement => statement != declaration).Skip(1).ToList();
        var uses = statements.SelectMany(statement => statement.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Where(use => use.Identifier.ValueText == name).ToList();
        return uses.Count == 1 && statements[0].Span.Contains(uses[0].Span) ? uses[0] : null;
    }

    private static bool IsWhenAll(InvocationExpressionSyntax join, FixContext fix) =>
        fix.Model.GetSymbolInfo(join, fix.CancellationToken).Symbol is IMethodSymbol method && TaskMembers.WhenAll.Is(method);

    // await Task.WhenAll(…); await Task.WhenAll(…).ConfigureAwait(false);
    private static bool IsUnusedAwait(ExpressionSyntax join) =>
        ConfiguredTask.Around(join).Parent is AwaitExpressionSyntax { Parent: ExpressionStatementSyntax };
}

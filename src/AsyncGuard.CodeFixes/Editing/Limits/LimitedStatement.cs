using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Limits;

/// <summary>
/// <c>var tasks = new List&lt;Task>(); await foreach (var row in rows) tasks.Add(SendAsync(row)); await Task.WhenAll(tasks);</c> → one call
/// with a limit. The
/// loop may do nothing else, so that nothing changes its place.
/// </summary>
internal sealed class LimitedStatement
{
    private readonly ForEachStatementSyntax _loop;
    private readonly LimitedLoop _written;
    private readonly AsyncSignature _signature;
    private readonly StatementSyntax? _declaration;
    private readonly StatementSyntax? _join;

    private LimitedStatement(ForEachStatementSyntax loop, LimitedLoop written, AsyncSignature signature, StatementSyntax? declaration,
        StatementSyntax? join)
    {
        _loop = loop;
        _written = written;
        _signature = signature;
        _declaration = declaration;
        _join = join;
    }

    public bool IsGroup => _written.IsGroup;

    public static LimitedStatement? For(InvocationExpressionSyntax start, FixContext fix)
    {
        var work = ConfiguredTask.Around(NullConditional.WholeOf(start));
        if (work.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement) return null;
        var body = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? (StatementSyntax)block : statement;
        if (body.Parent is not ForEachStatementSyntax loop || StatementList.ListOf(loop) is not { } list || HasComment(loop)) return null;
        if (AsyncSignature.For(loop, fix) is not { } signature || LimitedLoop.ForEach(loop, work, fix) is not { } written) return null;
        if (fix.OperationOf(loop) is not { } place || CodeContext.Of(place, fix.MemberOf(loop), fix.Guard).Obstacle != AwaitObstacle.None)
            return null;

        // _ = SendAsync(row);
        if (statement.Expression is AssignmentExpressionSyntax discard)
            return discard.Right == work ? new LimitedStatement(loop, written, signature, null, null) : null;

        // tasks.Add(SendAsync(row)); and nothing but the list and the await of it
        if (statement.Expression is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } },
                ArgumentList.Arguments: { Count: 1 } arguments
            } || arguments[0].Expression != work)
            return null;
        var statements = StatementList.In(list).ToList();
        var index = statements.IndexOf(loop);
        if (index + 1 >= statements.Count || !IsJoinOf(statements[index + 1], name, fix)) return null;
        var declaration = statements.Take(index).OfType<LocalDeclarationStatementSyntax>()
            .FirstOrDefault(one => one.Declaration.Variables is { Count: 1 } variables && variables[0].Identifier.ValueText == name);
        if (declaration?.Declaration.Variables[0].Initializer?.Value is not BaseObjectCreationExpressionSyntax
            {
                ArgumentList: null
            or { Arguments.Count: 0 }, Initializer: null
            })
            return null;
        if (UnwrapUsing.HasComment(declaration) || UnwrapUsing.HasComment(statements[index + 1])) return null;
        if (statements.SelectMany(one => one.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Count(use => use.Identifier.ValueText == name) != 2)
            return null;
        return new LimitedStatement(loop, written, signature, declaration, statements[index + 1]);
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var isConfigured = Awaiting.UsesConfigureAwait(_loop, fix, fix.Guard.Types.Task);
        var call = _written.Write(wantsResults: false);
        edits.Replace(_loop, current => ExpressionStatement(Awaiting.InPlaceOf(call, call, isConfigured)).WithTriviaFrom(current));
        if (_declaration is not null) edits.ReplaceByMany(_declaration, _ => []);
        if (_join is not null) edits.ReplaceByMany(_join, _ => []);
        _signature.Record(edits);
        _written.Import(edits, _loop);
    }

    // Those before and after the loop stay.
    private static bool HasComment(ForEachStatementSyntax loop) =>
        loop.DescendantTrivia()
        .Any(trivia => UnwrapUsing.IsComment(trivia) && !loop.GetLeadingTrivia().Contains(trivia)
        && !loop.GetTrailingTrivia().Contains(trivia));

    // await Task.WhenAll(tasks);
    private static bool IsJoinOf(StatementSyntax statement, string name, FixContext fix)
    {
        if (statement is not ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: var awaited } }) return false;
        return ConfiguredTask.In(awaited) is InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } join
            && arguments[0].Expression is IdentifierNameSyntax { Identifier.ValueText: var joined } && joined == name
            && fix.Model.GetSymbolInfo(join, fix.CancellationToken).Symbol is IMethodSymbol method && TaskMembers.WhenAll.Is(method);
    }
}

using System.Linq;
using AsyncGuard.Analysis.Cancellation;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Syntax;

/// <summary>
/// Lets a handler take everything but the cancellation that was asked for. A time-out is an <c>OperationCanceledException</c> too, and
/// stays what it was:
/// <c>catch (Exception ex) when (ex is not OperationCanceledException || !token.IsCancellationRequested)</c>
/// </summary>
internal sealed class HandlerFilter
{
    private const string Purpose = "cancellation filter";

    private readonly CatchClauseSyntax _clause;
    private readonly string? _exception;
    private readonly string _token;

    private HandlerFilter(CatchClauseSyntax clause, string? exception, string token)
    {
        _clause = clause;
        _exception = exception;
        _token = token;
    }

    /// <summary>The filter; null where the clause has no token in scope, or no name for the exception is free.</summary>
    public static HandlerFilter? For(CatchClauseSyntax clause, ICatchClauseOperation handler, FixContext fix)
    {
        if (HandlerCleanup.IsIn(handler, fix.Guard) || IsSetBackBehind(handler, fix)) return null;
        if (TokenOf(clause, handler, fix) is not { } token) return null;
        if (fix.Guard.Cancellations.Is(handler.ExceptionType)) return new HandlerFilter(clause, exception: null, token);
        return CatchClauses.NameIn(clause, fix) is { } name ? new HandlerFilter(clause, name, token) : null;
    }

    // _busy = true; try { … } catch (Exception e) { … } _busy = false;
    private static bool IsSetBackBehind(ICatchClauseOperation handler, FixContext fix) =>
        handler.Parent is ITryOperation attempt && AcquireScope.ForbidsToLeave(attempt, fix.Guard);

    public void Record(DocumentEdits edits, FixContext fix)
    {
        if (!edits.IsFirst(_clause, Purpose)) return;
        var hasPatterns = ((CSharpParseOptions)_clause.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp9;
        edits.Replace(_clause, current => CatchClauses.ExceptCancellation((CatchClauseSyntax)current, _exception, _token, hasPatterns));
        if (_exception is not null) KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, _clause, fix);
    }

    /// <summary>
    /// The token by which others ask the work to stop: one that the <c>try</c> names, else the innermost. A source of the function's own is
    /// a limit of an attempt.
    /// </summary>
    private static string? TokenOf(CatchClauseSyntax clause, ICatchClauseOperation handler, FixContext fix)
    {
        var named = ((TryStatementSyntax)clause.Parent!).Block.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Select(name => name.Identifier.ValueText).ToList();
        return AskedToken.Of(handler, fix.MemberOf(clause), fix.Guard, token => named.Contains(token.Owner.Name))?.Expression;
    }
}

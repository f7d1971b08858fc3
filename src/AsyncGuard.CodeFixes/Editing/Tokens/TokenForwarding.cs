using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Precedence;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// Makes a function obey a token parameter of its own: every call gets it that takes one; where none does, each loop looks at it.
/// </summary>
internal static class TokenForwarding
{
    /// <summary>The calls of the function that take the token, with what else each needs; empty where none does.</summary>
    public static IReadOnlyList<(InvocationExpressionSyntax Call, TokenArgument Argument, TokenWay Way)> CallsIn(SyntaxNode code,
        IParameterSymbol parameter, FixContext fix)
    {
        var calls = new List<(InvocationExpressionSyntax, TokenArgument, TokenWay)>();
        foreach (var node in code.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>())
        {
            if (fix.OperationOf(node) is not IInvocationOperation call
                || CancellableCalls.Of(fix.Guard).Missing(call, fix.MemberOf(node)) is not { } token)
                continue;
            // File.ReadAllText(path) and semaphore.Wait() in async code, task.Wait() anywhere: the awaitable form gets the token
            if (Verdict.IsOfOther(Finding.EndlessWait, call, fix.MemberOf(node), fix.Guard) || OutlivingCall.Is(call, fix)) continue;
            if (!SymbolEqualityComparer.Default.Equals(token.Owner, parameter)
                || TokenWay.Giving(call, fix).FirstOrDefault() is not { } way)
                continue;
            if (TokenArgument.For(node, node, way.Token!, fix) is { } argument) calls.Add((node, argument, way));
        }

        return calls;
    }

    /// <summary>
    /// Those of the calls that take the token in every project that has the file, such as each target of one project. Where one has
    /// switched a call off with <c>#if</c>, the call is nothing to it.
    /// </summary>
    public static async Task<IReadOnlyList<(InvocationExpressionSyntax Call, TokenArgument Argument, TokenWay Way)>> InEveryTargetAsync(
        IReadOnlyList<(InvocationExpressionSyntax Call, TokenArgument Argument, TokenWay Way)> calls, FixContext fix)
    {
        foreach (var id in fix.Document.GetLinkedDocumentIds())
        {
            fix.CancellationToken.ThrowIfCancellationRequested();
            if (fix.Document.Project.Solution.GetDocument(id) is not { } document
                || await fix.InAsync(document).ConfigureAwait(false) is not { } other)
                return [];
            calls = calls.Where(one => SameIn(other.Root, one.Call) is not { } same || one.Argument.BindsIn(same, other)).ToList();
        }

        return calls;
    }

    private static InvocationExpressionSyntax? SameIn(SyntaxNode root, InvocationExpressionSyntax call) =>
        root.FullSpan.Contains(call.Span) && root.FindNode(call.Span, getInnermostNodeForTie: true) is InvocationExpressionSyntax same
        && same.Span == call.Span ? same : null;

    public static void Record(IReadOnlyList<(InvocationExpressionSyntax Call, TokenArgument Argument, TokenWay Way)> calls,
        DocumentEdits edits, FixContext fix)
    {
        foreach (var (call, argument, _) in calls) edits.Replace(call, current => argument.AddTo((InvocationExpressionSyntax)current));
        foreach (var (_, _, way) in calls) way.Record(edits, fix);
    }

    /// <summary>
    /// How the outermost loops of the function itself look at the token; empty where there are none, or one of them cannot.
    /// </summary>
    public static IReadOnlyList<LoopCheck> LoopsIn(SyntaxNode code, string token, FixContext fix)
    {
        var loops = code.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            && !LoopBodies.IsLoop(node)).OfType<StatementSyntax>()
            .Where(loop => LoopBodies.IsLoop(loop) && fix.OperationOf(loop) is { } operation
            && !CleanupCode.Surrounds(operation, fix.MemberOf(loop), fix.Guard) && !AcquireScope.Forbids(operation, fix.Guard)).ToList();
        var checks = loops.Select(loop => LoopCheck.For(loop, token, fix)).OfType<LoopCheck>().ToList();
        return checks.Count == loops.Count ? checks : [];
    }
}

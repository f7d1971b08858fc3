using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Async;

/// <summary>Awaits that follow each other in one list of statements, and could run at the same time.</summary>
internal sealed class AwaitSequence
{
    private AwaitSequence(SyntaxNode list, IReadOnlyList<AwaitedCall> awaits)
    {
        List = list;
        Awaits = awaits;
    }

    public SyntaxNode List { get; }

    public IReadOnlyList<AwaitedCall> Awaits { get; }

    /// <summary>The statements that hold them.</summary>
    public IReadOnlyList<StatementSyntax> Statements => [.. Awaits.Select(one => one.Statement).Distinct()];

    /// <summary>Whether the statements stand next to each other, without a comment between them.</summary>
    public bool IsBare
    {
        get
        {
            var (statements, all) = (Statements, StatementList.In(List).ToList());
            var from = all.IndexOf(statements[0]);
            if (!all.Skip(from).Take(statements.Count).SequenceEqual(statements)) return false;
            var (leading, trailing) = (statements[0].GetLeadingTrivia(), statements[statements.Count - 1].GetTrailingTrivia());
            return !statements.SelectMany(statement => statement.DescendantTrivia())
                .Any(trivia => UnwrapUsing.IsComment(trivia) && !leading.Contains(trivia) && !trailing.Contains(trivia));
        }
    }

    public static AwaitSequence? For(ImmutableArray<ConcurrentRead> row, FixContext fix)
    {
        SyntaxNode? list = null;
        var awaits = new List<AwaitedCall>();
        foreach (var read in row)
        {
            if (read.Await.Syntax is not AwaitExpressionSyntax node || read.Call.Syntax is not InvocationExpressionSyntax call
                || node.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
                return null;
            if (StatementList.ListOf(statement) is not { } around || (list is not null && list != around)) return null;

            // What is disposed at the end is not, where another one fails before it has a name.
            if (statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } || statement.ContainsDirectives) return null;
            list = around;
            awaits.Add(new AwaitedCall(node, call, statement, fix.Guard.Awaitables.IsTask(read.Call.Type),
                read.Await.Type?.SpecialType == SpecialType.System_Void));
            if (!fix.Guard.Awaitables.IsTask(read.Call.Type) && !fix.Guard.Awaitables.IsValueTask(read.Call.Type)) return null;
        }

        return list is null ? null : new AwaitSequence(list, awaits);
    }
}

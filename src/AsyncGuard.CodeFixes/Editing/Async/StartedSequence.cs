using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// <c>var a = await A(); var b = await B();</c> →
/// <c>var aTask = A(); var bTask = B(); await Task.WhenAll(aTask, bTask); var a = await aTask; var b = await bTask;</c>
/// and where no result is needed, <c>await Task.WhenAll(A(), B());</c>
/// </summary>
internal sealed class StartedSequence
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    private readonly AwaitSequence _row;
    private readonly IReadOnlyList<string> _names;
    private readonly string _configured;

    private StartedSequence(AwaitSequence row, IReadOnlyList<string> names, string configured)
    {
        _row = row;
        _names = names;
        _configured = configured;
    }

    public static StartedSequence? For(AwaitSequence row, FixContext fix)
    {
        if (row.Awaits.Count > Ordinals.Length) return null;
        var names = new List<string>();
        foreach (var (one, index) in row.Awaits.Select((one, index) => (one, index)))
        {
            var stem = one.Declared?.Identifier.ValueText;
            var name = stem is null ? FreeName.At(one.Node, fix, Ordinals[index], Ordinals[index] + "Task")
                : FreeName.At(one.Node, fix, stem + "Task", Ordinals[index]);
            if (name is null || names.Contains(name)) return null;
            names.Add(name);
        }

        return new StartedSequence(row, names,
            Awaiting.UsesConfigureAwait(row.Awaits[0].Node, fix, fix.Guard.Types.Task) ? ".ConfigureAwait(false)" : "");
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        if (_row.Awaits.All(one => one.IsVoid && one.IsWholeStatement) && _row.IsBare) RecordJoin(edits);
        else RecordStarts(edits);
        edits.Recheck(_row.Statements[0]);
        KnownImports.AddTask(edits, _row.Awaits[0].Node, fix);
    }

    // await a.OpenAsync(); await b.OpenAsync();  →  await Task.WhenAll(a.OpenAsync(), b.OpenAsync());
    private void RecordJoin(DocumentEdits edits)
    {
        var last = _row.Awaits[_row.Awaits.Count - 1].Statement;
        var join = ParseStatement(
            $"await Task.WhenAll({string.Join(", ", _row.Awaits.Select(one => Start(one).ToString()))}){_configured};");
        var first = _row.Statements[0];
        edits.Replace(last, current => join.WithLeadingTrivia(first.GetLeadingTrivia()).WithTrailingTrivia(current.GetTrailingTrivia()));
        foreach (var earlier in _row.Statements.Take(_row.Statements.Count - 1)) edits.ReplaceByMany(earlier, _ => []);
    }

    private void RecordStarts(DocumentEdits edits)
    {
        var last = _row.Statements[_row.Statements.Count - 1];
        foreach (var statement in _row.Statements)
        {
            if (statement != last)
                edits.ReplaceByMany(statement,
                    current => Starts(statement, current.GetLeadingTrivia(), LineEnd(current), current.GetTrailingTrivia()).ToList());
        }

        edits.ReplaceByMany(last, current =>
        {
            var written = Starts(last, current.GetLeadingTrivia(), LineEnd(current), LineEnd(current)).Cast<SyntaxNode>().ToList();
            var indentation = StatementList.Indentation(current);
            written.Add(ParseStatement($"await Task.WhenAll({string.Join(", ", _names)}){_configured};").WithLeadingTrivia(indentation)
                .WithTrailingTrivia(LineEnd(current)));
            foreach (var statement in _row.Statements)
            {
                if (_row.Awaits.Any(one => one.Statement == statement && one.IsVoid && one.IsWholeStatement)) continue;
                written.Add(statement == last
                    ? Awaited(statement).WithLeadingTrivia(indentation).WithTrailingTrivia(current.GetTrailingTrivia())
                    : Awaited(statement).WithLeadingTrivia(indentation).WithTrailingTrivia(LineEnd(current)));
            }

            return written;
        });
    }

    // var aTask = A();
    private IEnumerable<StatementSyntax> Starts(StatementSyntax statement, SyntaxTriviaList leading, SyntaxTriviaList lineEnd,
        SyntaxTriviaList trailing)
    {
        for (var i = 0; i < _row.Awaits.Count; i++)
        {
            if (_row.Awaits[i].Statement != statement) continue;
            var isLast = i + 1 == _row.Awaits.Count || _row.Awaits[i + 1].Statement != statement;
            yield return ParseStatement($"var {_names[i]} = {Start(_row.Awaits[i])};").WithLeadingTrivia(leading)
                .WithTrailingTrivia(isLast ? trailing : lineEnd);
            leading = StatementList.Indentation(statement);
        }
    }

    private static ExpressionSyntax Start(AwaitedCall one) =>
        one.IsTask ? one.Call.WithoutTrivia()
        : InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, one.Call.WithoutTrivia(),
        IdentifierName("AsTask")));

    // var a = await aTask;
    private StatementSyntax Awaited(StatementSyntax statement)
    {
        var calls = _row.Awaits.Select((one, index) => (one.Call, Name: _names[index])).Where(one => statement.Span.Contains(one.Call.Span))
            .ToDictionary(one => (SyntaxNode)one.Call, one => one.Name);
        return statement.ReplaceNodes(calls.Keys, (node, current) => IdentifierName(calls[node]).WithTriviaFrom(current));
    }

    private static SyntaxTriviaList LineEnd(SyntaxNode statement)
    {
        var lineEnd = statement.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return TriviaList(lineEnd.IsKind(SyntaxKind.EndOfLineTrivia) ? lineEnd : Space);
    }
}

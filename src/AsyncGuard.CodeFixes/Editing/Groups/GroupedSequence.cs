using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// <c>var a = await A(); var b = await B();</c> → <c>var (a, b) = await TaskGroup.WhenAllAsync(ct => A(ct), ct => B(ct));</c> where the
/// awaits stand next to each other and
/// all declare a local, or none does.
/// </summary>
internal sealed class GroupedSequence
{
    private const int MaxResults = 5;

    private readonly AwaitSequence _row;
    private readonly IReadOnlyList<ChildStart> _starts;
    private readonly bool _isVoid;
    private readonly string? _token;
    private readonly bool _configureAwait;

    private GroupedSequence(AwaitSequence row, IReadOnlyList<ChildStart> starts, bool isVoid, string? token, bool configureAwait)
    {
        _row = row;
        _starts = starts;
        _isVoid = isVoid;
        _token = token;
        _configureAwait = configureAwait;
    }

    public static GroupedSequence? For(AwaitSequence row, FixContext fix)
    {
        if (fix.Guard.Types.TaskGroup is null || row.Statements.Count != row.Awaits.Count || !row.IsBare) return null;
        var isVoid = row.Awaits.All(one => one.IsVoid && one.IsWholeStatement);
        if (!isVoid && (row.Awaits.Count > MaxResults
            || !row.Awaits.All(one => one.Declared is { Parent: VariableDeclarationSyntax { Type.IsVar: true } })))
            return null;

        var token = fix.OperationOf(row.Awaits[0].Node) is { } place ? TokenWay.TokenAt(place, fix) : null;
        var starts = new List<ChildStart>();
        foreach (var one in row.Awaits)
        {
            if (ChildStart.For(one.Call, token, fix) is not { } start) return null;
            starts.Add(start);
        }

        return new GroupedSequence(row, starts, isVoid, token, Awaiting.UsesConfigureAwait(row.Awaits[0].Node, fix, fix.Guard.Types.Task));
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        var first = _row.Statements[0];
        var last = _row.Statements[_row.Statements.Count - 1];
        edits.Replace(first,
            current => Written().WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(last.GetTrailingTrivia()));
        foreach (var later in _row.Statements.Skip(1)) edits.ReplaceByMany(later, _ => []);
        KnownImports.Add(fix.Guard.Types.TaskGroup, edits, first, fix);
        if (_isVoid && _token is null) KnownImports.Add(fix.Guard.Types.CancellationToken, edits, first, fix);
    }

    private StatementSyntax Written()
    {
        var children = string.Join(", ", _row.Awaits.Select((one, index) => Child(one, _starts[index])));
        var configured = _configureAwait ? ".ConfigureAwait(false)" : "";
        return _isVoid
            ? ParseStatement($"await TaskGroup.WhenAllAsync({_token ?? "CancellationToken.None"}, {children}){configured};")
            : ParseStatement(
            $"var ({string.Join(", ", _row.Awaits.Select(one => one.Declared!.Identifier.Text))}) = await TaskGroup.WhenAllAsync({children}{(_token is null ? "" : ", " + _token)}){configured};");
    }

    private string Child(AwaitedCall one, ChildStart start)
    {
        var body = start.Body(one.Call);
        return one.IsTask ? $"{start.Parameter} => {body}"
            : $"async {start.Parameter} => {Awaiting.InPlaceOf(body, body, _configureAwait)}";
    }
}

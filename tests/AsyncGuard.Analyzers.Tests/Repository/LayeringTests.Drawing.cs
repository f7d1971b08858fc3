using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <content>What docs/architecture.md draws and lists is so.</content>
public sealed partial class LayeringTests
{
    private const string Architecture = "docs/architecture.md";

    [Fact]
    public void Drawing_ShowsTheRooms()
    {
        var drawn = DrawnRooms().Matches(Checkout.Read(Architecture)).ToDictionary(room => room.Groups["id"].Value,
            room => (Room: room.Groups["name"].Value is "Analysis (root)" ? "Analysis" : "Analysis/" + room.Groups["name"].Value,
            To: room.Groups["to"].Value.Split(" & ", StringSplitOptions.RemoveEmptyEntries)));
        var lines = drawn.Values.ToDictionary(room => room.Room, room => room.To.Select(id => drawn[id].Room).ToList());
        var rooms = Rooms.Where(room => IsIn(room.Key, "Analysis")).ToList();
        RequireNone(rooms.Where(room => !lines.ContainsKey(room.Key)).Select(room => $"{room.Key} is not drawn")
            .Concat(lines.Keys.Where(room => !Rooms.ContainsKey(room)).Select(room => $"{room} is drawn and is no room"))
            .Concat(from room in rooms
                    where lines.ContainsKey(room.Key)
                    from other in lines[room.Key].Where(other => !room.Value.Contains(other))
                    select $"{room.Key} does not see {other}")
            .Concat(from room in rooms
                    where lines.ContainsKey(room.Key)
                    from other in room.Value.Where(other => other != "Analysis" && !Reached(room.Key, lines).Contains(other))
                    select $"no line leads from {room.Key} to {other}"));
    }

    // `Waiting/Completion/CompletionProof`, `Catalog/TaskMembers`, `Effects/Solving`
    [Fact]
    public void Places_ThatThePageNames_Exist() => RequireNone(
        from place in NamedPlaces().Matches(Checkout.Read(Architecture)).Select(match => match.Groups[1].Value).Distinct()
        where !Homes.Any(home => Checkout.Has($"{home}{place}.cs") || Checkout.SourcesBelow(home + place).Count > 0)
        select $"{Architecture} names {place}");

    // | Is the task complete here? | `Waiting/Completion/CompletionFlow` | `ForwardFlow` |
    [Fact]
    public void Flows_AreAskedOfTheMechanismThatThePageNames()
    {
        var rows = Flows().Matches(Checkout.Read(Architecture));
        Assert.NotEmpty(rows);
        RequireNone(
            from row in rows
            let asking = row.Groups["by"].Value
            let mechanism = row.Groups["with"].Value
            where !Checkout.Read($"{Analyzers}Analysis/{asking}.cs").Contains(mechanism, StringComparison.Ordinal)
            select $"{asking} does not use {mechanism}");
    }

    private static readonly string[] Homes = ["", Analyzers, Analyzers + "Analysis/", Fixes];

    private static List<string> FilesOf(string room) =>
        [.. Checkout.SourcesBelow(Analyzers + room).Where(path => Path.GetDirectoryName(path)!.Replace('\\', '/') == Analyzers + room)];

    private static HashSet<string> Reached(string room, Dictionary<string, List<string>> lines)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([room]);
        while (open.TryPop(out var current))
        {
            foreach (var next in lines[current].Where(reached.Add)) open.Push(next);
        }

        return reached;
    }

    [GeneratedRegex("""^ +(?<id>\w+)\["(?<name>[^"<]+)<br/>[^"]*"\](?: --> (?<to>.+))?$""", RegexOptions.Multiline)]
    private static partial Regex DrawnRooms();

    [GeneratedRegex("`((?:[A-Z][A-Za-z]+/)+[A-Z][A-Za-z]+)`")]
    private static partial Regex NamedPlaces();

    [GeneratedRegex("""^\| [^|]+\? \| `(?<by>[A-Za-z/]+)` \| `(?<with>\w+)` \|$""", RegexOptions.Multiline)]
    private static partial Regex Flows();
}

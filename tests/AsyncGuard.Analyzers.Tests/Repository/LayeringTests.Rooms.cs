using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <content>The rooms inside the layers: which may see which, how many files they hold, and what names each other in circles.</content>
public sealed partial class LayeringTests
{
    private const int MostFiles = 20;

    // Each room sees those of its row. A new dependency is a decision: it is written here, or the code moves to where it is seen from. The
    // root sees no room.
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Analysis"] = [],
        ["Analysis/Code"] = ["Analysis"],
        ["Analysis/Code/Flow"] = ["Analysis/Code"],
        ["Analysis/Names/Loops"] = [],
        ["Analysis/Names"] = ["Analysis", "Analysis/Names/Loops"],
        ["Analysis/Packages"] = ["Analysis", "Analysis/Names"],
        ["Analysis/Context"] = ["Analysis", "Analysis/Code"],
        ["Analysis/Tasks"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context"],
        ["Analysis/Tasks/Awaits"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks"],
        ["Analysis/Tasks/Misuse"] = ["Analysis", "Analysis/Code", "Analysis/Context", "Analysis/Tasks"],
        ["Analysis/Waiting"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context"],
        ["Analysis/Waiting/Completion"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Waiting"],
        ["Analysis/Effects"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Names", "Analysis/Packages",
            "Analysis/Context", "Analysis/Waiting", "Analysis/Waiting/Completion"],
        ["Analysis/Effects/Solving"] = ["Analysis", "Analysis/Code", "Analysis/Names", "Analysis/Context", "Analysis/Effects"],
        ["Analysis/Blocking/Twins"] = ["Analysis", "Analysis/Code", "Analysis/Names", "Analysis/Context", "Analysis/Waiting",
            "Analysis/Effects"],
        ["Analysis/Blocking"] =
        [
            "Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks", "Analysis/Waiting",
            "Analysis/Waiting/Completion", "Analysis/Effects", "Analysis/Blocking/Twins", "Analysis/Packages",
        ],
        ["Analysis/Cpu/Patterns"] = [],
        ["Analysis/Cpu"] = ["Analysis", "Analysis/Code", "Analysis/Names", "Analysis/Context", "Analysis/Effects",
            "Analysis/Effects/Solving", "Analysis/Cpu/Patterns"],
        ["Analysis/Tokens/Interruption"] = ["Analysis", "Analysis/Code"],
        ["Analysis/Tokens"] = ["Analysis", "Analysis/Code", "Analysis/Context", "Analysis/Waiting", "Analysis/Tokens/Interruption"],
        ["Analysis/Awaitables"] = ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks",
            "Analysis/Waiting"],
        ["Analysis/Concurrency/Values"] = ["Analysis", "Analysis/Code"],
        ["Analysis/Concurrency"] =
            ["Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks", "Analysis/Tasks/Awaits",
            "Analysis/Waiting", "Analysis/Tokens"],
        ["Analysis/Lifetimes/Sources"] =
            ["Analysis", "Analysis/Code", "Analysis/Context", "Analysis/Tasks", "Analysis/Waiting", "Analysis/Tokens"],
        ["Analysis/Lifetimes"] =
        [
            "Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks", "Analysis/Waiting", "Analysis/Tokens",
            "Analysis/Lifetimes/Sources",
        ],
        ["Analysis/Cancellation"] =
        [
            "Analysis", "Analysis/Code", "Analysis/Code/Flow", "Analysis/Context", "Analysis/Tasks", "Analysis/Waiting",
            "Analysis/Effects", "Analysis/Blocking", "Analysis/Tokens",
        ],
        ["Analysis/Precedence"] =
        [
            "Analysis", "Analysis/Code", "Analysis/Context", "Analysis/Tasks", "Analysis/Tasks/Awaits", "Analysis/Tasks/Misuse",
            "Analysis/Waiting", "Analysis/Blocking", "Analysis/Blocking/Twins", "Analysis/Effects", "Analysis/Effects/Solving",
            "Analysis/Tokens", "Analysis/Awaitables", "Analysis/Concurrency", "Analysis/Lifetimes", "Analysis/Lifetimes/Sources",
            "Analysis/Cancellation",
        ],
        ["Analysis/Causes"] = ["Analysis", "Analysis/Code", "Analysis/Names", "Analysis/Context", "Analysis/Effects",
            "Analysis/Effects/Solving", "Analysis/Precedence"],
        ["Plans"] = [],
        ["Editing/Syntax"] = ["Plans"],
        ["Editing/Async"] = ["Plans", "Editing/Syntax", "Editing/Tokens"],
        ["Editing/Finished"] = ["Plans", "Editing/Syntax", "Editing/Async"],
        ["Editing/Tokens"] = ["Plans", "Editing/Syntax"],
        ["Editing/Groups"] = ["Plans", "Editing/Syntax", "Editing/Async", "Editing/Tokens"],
        ["Editing/Limits"] = ["Plans", "Editing/Syntax", "Editing/Async", "Editing/Tokens", "Editing/Groups"],
        ["Editing/Offloading"] = ["Plans", "Editing/Syntax", "Editing/Async", "Editing/Tokens"],
        ["Editing/Lifetimes"] = ["Plans", "Editing/Syntax"],
    };

    // What the rules of a family ask.
    private static readonly Dictionary<string, string[]> Families = new()
    {
        ["Rules/Awaitables"] = ["Awaitables", "Code", "Context", "Precedence"],
        ["Rules/Blocking"] = ["Awaitables", "Blocking", "Blocking/Twins", "Causes", "Code", "Context", "Cpu", "Effects", "Lifetimes",
            "Precedence", "Tasks/Misuse", "Waiting", "Waiting/Completion"],
        ["Rules/Cancellation"] = ["Blocking", "Cancellation", "Code", "Context", "Lifetimes", "Lifetimes/Sources", "Precedence", "Tokens",
            "Waiting", "Waiting/Completion"],
        ["Rules/Necessity"] = ["Awaitables", "Context"],
        ["Rules/Resources"] = ["Blocking", "Code", "Concurrency", "Context", "Lifetimes"],
        ["Rules/Structured"] = ["Blocking", "Code", "Concurrency", "Context", "Lifetimes", "Precedence", "Tasks", "Tasks/Awaits",
            "Tasks/Misuse", "Waiting"],
    };

    // May only shrink.
    private static readonly string[] KnownKnots =
    [
        "Analysis/Concurrency: BoundedCalls RequestBody UnboundedSource",
        "Analysis/Concurrency: GroupUse OpenedGroup",
        "Analysis/Cpu: CostModel CpuBody CpuHotspot CpuIndex CpuWork",
        "Analysis/Effects: BlockingQuestion CalledMembers CompleteArguments MemoryBacked",
        "Analysis/Lifetimes/Sources: TokenLifetime TokenSourceFate",
        "Analysis/Names: CallNames DeferredValues NameGraph NameScanner TypeMentions",
        "Analysis/Waiting/Completion: CompletionAssumption CompletionTransfer",
        "Plans: FixEdits FixPlan",
        "Plans: GuardFix GuardFixAll",
    ];

    private const string TestFolder = "tests/AsyncGuard.Analyzers.Tests/";

    private static readonly Dictionary<string, string> Deciders = new()
    {
        ["BlockingPrimitive"] = "BlockingPrimitive",
        ["CachedWork"] = "CachedTask",
        ["DisposedTask"] = "UnawaitedResource",
        ["EndlessWait"] = "EndlessWait",
        ["EnumerationToken"] = "EnumeratorToken",
        ["FanOut"] = "UnboundedFanOut",
        ["IgnoringItemLoop"] = "ItemLoopIgnoresToken",
        ["IgnoringLoop"] = "LoopIgnoresToken",
        ["InlineContinuations"] = "InlineContinuations",
        ["PermitUse"] = "ReleaseWithoutAcquire",
        ["PollingLoop"] = "Polling",
        ["RepeatedValueTask"] = "ValueTaskReuse",
        ["ReplaceableCall"] = "BlockingCall",
        ["SequentialAwaits"] = "SequentialAwaits",
        ["SharedMeeting"] = "SharedContext",
        ["SwallowedCancellation"] = "SwallowedCancellation",
        ["SyncDisposal"] = "SynchronousDispose",
        ["SyncOverAsync"] = "SyncOverAsync",
        ["SyncRunner"] = "SyncRunner",
        ["UnguardedReturn"] = "TaskReturnedFromTry",
        ["UnusedTimeLimit"] = "TimeLimitUnused",
        ["UnusedToken"] = "UnusedToken",
    };

    // Only what begins with the compilation makes a context: whoever comes first decides on the options.
    private static readonly string[] MakersOfContexts =
        [Analyzers + "GuardAnalyzer.cs", Analyzers + "Summaries/BlockingSummaryGenerator.cs", Fixes + "Plans/FixContext.cs",
        Fixes + "Plans/EditedProject.cs"];

    [Theory]
    [InlineData(SourceGraph.Analyzers, "Analysis")]
    [InlineData(SourceGraph.Fixes, "Editing")]
    [InlineData(SourceGraph.Fixes, "Plans")]
    public void Room_SeesOnlyThoseOfItsRow(string project, string layer) => RequireNone(
        from type in SourceGraph.Of(project).Types
        where IsIn(type.Folder, layer)
        from seen in type.Names
        where seen.Folder != type.Folder && IsRoom(seen.Folder) && !Rooms[type.Folder].Contains(seen.Folder)
        orderby type.Folder, type.Name
        select $"{type} names {seen}");

    [Theory]
    [InlineData(SourceGraph.Analyzers, "Analysis")]
    [InlineData(SourceGraph.Fixes, "Editing")]
    [InlineData(SourceGraph.Fixes, "Plans")]
    public void Room_HasARow_AndAtMostTwentyFiles(string project, string layer)
    {
        var folders = Checkout.SourcesBelow($"{project}/{layer}")
            .GroupBy(path => Path.GetDirectoryName(path[(project.Length + 1)..])!.Replace('\\', '/')).ToList();
        RequireNone(folders.Where(folder => !Rooms.ContainsKey(folder.Key)).Select(folder => $"{folder.Key} has no row in {nameof(Rooms)}")
            .Concat(folders.Where(folder => folder.Count() > MostFiles).Select(folder => $"{folder.Key} holds {folder.Count()} files"))
            .Concat(Rooms.Keys.Where(room => IsIn(room, layer) && folders.TrueForAll(folder => folder.Key != room))
            .Select(room => $"{room} has a row and no file")));
    }

    [Fact]
    public void Family_AsksOnlyTheRoomsOfItsRow()
    {
        const string analysis = "Analysis/";
        var asked =
            from type in SourceGraph.Of(SourceGraph.Analyzers).Types
            where type.Folder.StartsWith("Rules/", StringComparison.Ordinal)
            from seen in type.Names
            where seen.Folder.StartsWith(analysis, StringComparison.Ordinal)
            select (type.Folder, Room: seen.Folder[analysis.Length..]);
        RequireNone(asked.Distinct().Where(one => !Families.TryGetValue(one.Folder, out var rooms) || !rooms.Contains(one.Room))
            .Select(one => $"{one.Folder} asks {one.Room}"));
    }

    [Fact]
    public void Knots_AreOnlyThoseThatAreKnown()
    {
        var knots = new[] { SourceGraph.Analyzers, SourceGraph.Fixes }
            .SelectMany(project => SourceGraph.Knots(SourceGraph.Of(project).Types.Where(type => IsRoom(type.Folder))))
            .Select(knot =>
            $"{string.Join(' ', knot.Select(type => type.Folder).Distinct())}: {string.Join(' ', knot.Select(type => type.Name))}")
            .ToList();
        RequireNone(knots.Except(KnownKnots).Select(knot => "new: " + knot)
            .Concat(KnownKnots.Except(knots).Select(knot => "gone, take it off the list: " + knot)));
    }

    [Fact]
    public void Context_IsMadeInThreePlacesOnly() => RequireNone(
        Checkout.SourcesBelow(SourceGraph.Analyzers).Concat(Checkout.SourcesBelow(SourceGraph.Fixes))
            .Where(path => !MakersOfContexts.Contains(path)
            && Checkout.Read(path).Contains("GuardContext.For(", StringComparison.Ordinal)));

    // while (value is IConversionOperation conversion) value = conversion.Operand: Unwrapped.Conversions(value)
    [Theory]
    [InlineData(SourceGraph.Analyzers)]
    [InlineData(SourceGraph.Fixes)]
    public void Values_AreUnwrappedInOnePlace(string project) => RequireNone(
        from path in Checkout.SourcesBelow(project)
        where !path.EndsWith("/Unwrapped.cs", StringComparison.Ordinal) && !path.EndsWith("/FlowGraphs.cs", StringComparison.Ordinal)
        from line in Checkout.Read(path).Split('\n')
        where StrippingLoop().IsMatch(line) || StrippedConfigure().IsMatch(line) || RootLoop().IsMatch(line) || Receiver().IsMatch(line)
            || StrippedWork().IsMatch(line) || StrippedParentheses().IsMatch(line)
        select $"{path}: {line.Trim()}");

    // Analysis/Tasks/Awaits: tests/…/Analysis/Tasks/Awaits/*Tests.cs, with a using of the room
    [Fact]
    public void Room_HasTestsThatNameIt() => RequireNone(
        from room in Rooms.Keys
        where IsIn(room, "Analysis")
        let space = "using AsyncGuard." + room.Replace('/', '.') + ";"
        where !TestsOf(room).Any(path => Checkout.Read(path).Contains(space, StringComparison.Ordinal))
        select $"no test in {TestFolder}{room} says {space}");

    private static IEnumerable<string> TestsOf(string room) =>
        Checkout.SourcesBelow(TestFolder + room).Where(path => Path.GetDirectoryName(path)!.Replace('\\', '/') == TestFolder + room);

    // What decides on the finding of one rule is asked by that rule, and by the verdict on which of two reports a place.
    [Fact]
    public void Decision_IsAskedByItsRuleAndByTheVerdictAlone()
    {
        var types = SourceGraph.Of(SourceGraph.Analyzers).Types.Where(type => IsIn(type.Folder, "Rules")).ToList();
        RequireNone(
            from decider in Deciders
            from type in types
            where type.Names.Any(seen => seen.Name == decider.Key && IsIn(seen.Folder, "Analysis")) && type.Name != decider.Value + "Analyzer"
            select $"{type} asks {decider.Key}: add a row to Verdict");
        RequireNone(
            from decider in Deciders
            where !types.Exists(type => type.Name == decider.Value + "Analyzer" && type.Names.Any(seen => seen.Name == decider.Key))
            select $"{decider.Value}Analyzer does not ask {decider.Key}");
    }

    // ContainingType.Name: "Lazy" takes a type of the project's own for the framework's: a known type, or a trait of the catalog, does not.
    [Fact]
    public void Analysis_KnowsNoTypeByItsShortName() => RequireNone(
        from path in Checkout.SourcesBelow(Analyzers + "Analysis").Concat(Checkout.SourcesBelow(Analyzers + "Rules"))
        from line in Checkout.Read(path).Split('\n')
        where ShortTypeName().IsMatch(line) && !line.Contains("SymbolEqualityComparer", StringComparison.Ordinal)
        select $"{path}: {line.Trim()}");

    private static bool IsRoom(string folder) => IsIn(folder, "Analysis") || IsIn(folder, "Editing") || IsIn(folder, "Plans");

    private static bool IsIn(string folder, string layer) => folder == layer || folder.StartsWith(layer + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"while \((?<value>\w+)(\.Parent)? is I(Conversion|Parenthesized)Operation( \w+| \{ IsImplicit: true \}( \w+)?)?( or IParenthesizedOperation)?\) \k<value> =")]
    private static partial Regex StrippingLoop();

    [GeneratedRegex(@"TargetMethod\.Name: WellKnownMember\.ConfigureAwait, Instance: \{ \} \w+ \}")]
    private static partial Regex StrippedConfigure();

    [GeneratedRegex(@"while \((?<value>\w+) is IInvocationOperation.*(IsWrapper|KeepsWork)")]
    private static partial Regex StrippedWork();

    [GeneratedRegex(@"while \((?<value>\w+)(\.Parent)? is ParenthesizedExpressionSyntax( \w+| \{[^}]*\} \w*)?\) \k<value> =")]
    private static partial Regex StrippedParentheses();

    [GeneratedRegex(@"while \((?<value>\w+)\.Parent is \{ \} \w+\) \k<value> = ")]
    private static partial Regex RootLoop();

    [GeneratedRegex(@"IsExtensionMethod && \w+\.Arguments\.Length > 0 \? \w+\.Arguments\[0\]\.Value|parent is IConditionalAccessOperation \w+\) return|\? Unwrapped\.Conditional\(\w+\) : null")]
    private static partial Regex Receiver();

    [GeneratedRegex(@"(ContainingType|[tT]ype|Class|current|declaring|owner|caught)\??(: \{ |\.)Name(:| is| ==) \(?""|Type is (not )?\{ Name: ""[^}]*\}\)")]
    private static partial Regex ShortTypeName();
}

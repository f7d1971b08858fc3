using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Differential;

/// <summary>
/// A documented difference. To explain a program by rules is to emulate them on the other side, and to get the same trace.
/// </summary>
internal sealed record Rule(string Name, string Text)
{
    private static readonly Rule LaterRule =
        new("later", "a child begins inside Start; in asyncio in a turn of its own, or never where it is cancelled before");
    private static readonly Rule HeardRule =
        new("heard", "callbacks of a token run one after the other, last registered first: a child may go on before it hears of it");
    private static readonly Rule OrderRule =
        new("order",
        "errors stand in order of occurrence, each object once; in asyncio the body's error stands last, and those of an inner group where that one ends");

    public static Rule[] All { get; } =
    [
        new("sticky", "a token stays cancelled: whoever has caught a cancellation meets it again at the next wait"),
        new("together",
            "a token cancels the body, the children and the groups in them at once; asyncio cancels a body first, and its children when it has ended"),
        new("cleanup", "a cleanup without a token is not interrupted; in asyncio the next cancellation interrupts it"),
        new("closed", "Start in a group that is stopping is a cancellation; in asyncio it is an error"),
        new("foreign", "the cancellation of a child by its handle is a failure for the sibling that awaits it and does not catch it"),
        new("handed", "a put hands its item to the one who waits for it; in asyncio whoever runs first takes it"),
        new("instant",
            "of two timers that are due at one instant, what the first leads to comes before the second; in asyncio both have fired by then"),
        new("success", "a group or a child that completes in spite of a cancellation has succeeded"),
        LaterRule,
        HeardRule,
        OrderRule,
    ];

    /// <summary>Those that the other side can emulate.</summary>
    public static string[] Emulated { get; } =
        [.. All.Where(static rule => rule != LaterRule && rule != HeardRule && rule != OrderRule).Select(static rule => rule.Name)];

    /// <summary>
    /// Which rules explain each program, as few as possible: none where there is nothing to explain, null where they do not.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Rule>?> Explain(IReadOnlyList<RandomProgram> programs)
    {
        var emulated = All.Where(static rule => Emulated.Contains(rule.Name)).ToArray();
        var explanations = new IReadOnlyList<Rule>?[programs.Count];
        (bool Later, bool Heard,
            Rule[] Rules)[] variants = [(false, false, []), (true, false, [LaterRule]), (false, true, [HeardRule]),
            (true, true, [LaterRule, HeardRule])];
        var ours = new Trace?[programs.Count, variants.Length];
        // Those with the fewest rules first: most programs need no more.
        foreach (var subsets in Subsets(emulated).GroupBy(static rules => rules.Length < 3 ? rules.Length : 3)
            .Select(static subsets => subsets.ToArray()))
        {
            var open = Enumerable.Range(0, programs.Count).Where(i => explanations[i] is null).ToArray();
            var others =
                Python.Run(open.SelectMany(i => subsets.Select(rules => (programs[i], rules.Select(static rule => rule.Name).ToArray()))));
            for (var i = 0; i < others.Count; i++)
            {
                var program = open[i / subsets.Length];
                var rules = subsets[i % subsets.Length];
                for (var j = 0; j < variants.Length; j++)
                {
                    var (later, heard, own) = variants[j];
                    explanations[program] ??= Compare(ours[program, j] ??= Interpreter.Run(programs[program], later, heard), others[i],
                        [.. rules, .. own]);
                }
            }
        }

        return explanations;
    }

    private static IReadOnlyList<Rule>? Compare(Trace ours, Trace other, IReadOnlyList<Rule> rules)
        => ours.Equals(other, inOrder: true) ? rules : ours.Equals(other, inOrder: false) ? [.. rules, OrderRule] : null;

    private static IEnumerable<Rule[]> Subsets(Rule[] rules)
        => Enumerable.Range(0, 1 << rules.Length)
            .OrderBy(static bits => System.Numerics.BitOperations.PopCount((uint)bits))
            .Select(bits => rules.Where((_, i) => (bits & (1 << i)) != 0).ToArray());
}

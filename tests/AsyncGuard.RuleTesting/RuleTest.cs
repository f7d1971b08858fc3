using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting.Behaviour;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// Base of the tests of a rule and its fix. A source is members of a class unless the options say otherwise;
/// what is reported is marked in it as <c>[|…|]</c> or <c>{|AGD0101:…|}</c>. Compiler errors fail a test.
/// </summary>
public abstract class RuleTest<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    // What the fix writes is known to be what it writes on the newest Roslyn, where that program has been run.
    private static bool IsRepetition => RunningRoslyn.IsFloor;

    /// <summary>The runtime library and <c>Probe</c>.</summary>
    protected static RuleTestOptions Probed { get; } = ProgramRun.Options(RuleTestOptions.Default);

    /// <summary>Exactly what is marked is reported.</summary>
    protected static Task Reports([StringSyntax("C#-test")] string source, RuleTestOptions? options = null) =>
        Verifier().ReportsAsync(source, options ?? RuleTestOptions.Default);

    /// <summary>Nothing is reported.</summary>
    protected static Task Silent([StringSyntax("C#-test")] string source, RuleTestOptions? options = null) =>
        Verifier().SilentAsync(source, options ?? RuleTestOptions.Default);

    /// <summary>
    /// What is marked is reported; fixed one by one it becomes exactly the fixed source, which compiles and reports only what is
    /// marked in it; and Fix All in document, project and solution gives the same.
    /// </summary>
    protected static Task Fixes([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource,
        RuleTestOptions? options = null) =>
        Verifier().FixesAsync(source, fixedSource, options ?? RuleTestOptions.Default);

    /// <summary>
    /// The same with the runtime library, and both programs are run: their outcome is the same, and when work of the fixed one fails, the
    /// rest is cancelled and nothing of it is left running. Names of work (<c>Probe.WorkAsync("a")</c>) are single letters.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="fixedSource">What it becomes.</param>
    /// <param name="options">How it is compiled.</param>
    /// <param name="uncancelled">Why a failure does not cancel the rest, where the fixed program is not to do so: the rest then runs to its
    /// end.</param>
    protected static async Task FixesAndRuns([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource,
        RuleTestOptions? options = null, string? uncancelled = null)
    {
        var running = ProgramRun.Options(options ?? RuleTestOptions.Default);
        await Verifier().FixesAsync(source, fixedSource, running).ConfigureAwait(false);
        if (!IsRepetition) await ProgramRun.VerifyAsync(source, fixedSource, running, cancels: uncancelled is null).ConfigureAwait(false);
    }

    /// <summary>
    /// The same for work that races: whichever wins, and whichever of the others fails, both programs return the same, and the fixed one
    /// cancels the losers.
    /// </summary>
    protected static async Task FixesAndRaces([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource,
        RuleTestOptions? options = null)
    {
        var running = ProgramRun.Options(options ?? RuleTestOptions.Default);
        await Verifier().FixesAsync(source, fixedSource, running).ConfigureAwait(false);
        if (!IsRepetition) await ProgramRun.VerifyRaceAsync(source, fixedSource, running).ConfigureAwait(false);
    }

    /// <summary>
    /// The same for work that only the drain at the end waits for: when any of it fails, the rest and the program go on.
    /// </summary>
    protected static async Task FixesAndDrains([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource,
        RuleTestOptions? options = null)
    {
        var running = ProgramRun.Options(options ?? RuleTestOptions.Default);
        await Verifier().FixesAsync(source, fixedSource, running).ConfigureAwait(false);
        if (!IsRepetition) await ProgramRun.VerifyDrainAsync(source, fixedSource, running).ConfigureAwait(false);
    }

    /// <summary>
    /// The same, and both programs are run under the same faults: every caller sees what it saw before, but for the mends, which the page
    /// of the rule states.
    /// A program is <c>C.RunAsync</c>, and shows what it does in <c>Observed</c>.
    /// </summary>
    protected static async Task FixesAndBehaves(
        [StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource, Mend[] mends,
        RuleTestOptions? options = null)
    {
        var running = Program.Options(options ?? RuleTestOptions.Default);
        BehaviourVerifier.RequireStated(new TAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id).Distinct(), mends);
        await Verifier().FixesAsync(source, fixedSource, running).ConfigureAwait(false);
        if (!IsRepetition) await BehaviourVerifier.VerifyAsync(source, fixedSource, mends, running).ConfigureAwait(false);
    }

    /// <summary>Each action that is offered for what is marked, and there is one, keeps the program as it was, but for the mends.</summary>
    protected static Task Behaves([StringSyntax("C#-test")] string source, Mend[] mends, RuleTestOptions? options = null) =>
        Verifier().BehavesAsync(source, mends, Program.Options(options ?? RuleTestOptions.Default), mayRefuse: false);

    /// <summary>The same where it is as good to offer nothing.</summary>
    protected static Task BehavesOrRefuses([StringSyntax("C#-test")] string source, Mend[] mends, RuleTestOptions? options = null) =>
        Verifier().BehavesAsync(source, mends, Program.Options(options ?? RuleTestOptions.Default), mayRefuse: true);

    /// <summary>What is marked is reported, and nothing is offered for it.</summary>
    protected static Task NoFix([StringSyntax("C#-test")] string source, RuleTestOptions? options = null) =>
        Verifier().NoFixAsync(source, options ?? RuleTestOptions.Default);

    /// <summary>What is marked is reported, and nothing with the equivalence key is offered for it.</summary>
    protected static Task NoFix([StringSyntax("C#-test")] string source, RuleTestOptions options, string key) =>
        Verifier().NoFixAsync(source, options, key);

    /// <summary>What is marked is reported, and each offers exactly these titles in this order.</summary>
    protected static Task Offers([StringSyntax("C#-test")] string source, string[] titles, RuleTestOptions? options = null) =>
        Verifier().OffersAsync(source, titles, options ?? RuleTestOptions.Default);

    private static RuleVerifier Verifier() => new([new TAnalyzer()], new TFix())
    {
        IsRepetition = IsRepetition,
        // Fixes of the harness's own tests leave the lines to the formatter.
        TriesLayouts = !IsRepetition && typeof(TFix).Namespace!.StartsWith("AsyncGuard.Fixes.", StringComparison.Ordinal),
    };
}

using System;
using System.Linq;
using AsyncGuard.Support;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace AsyncGuard.Models;

/// <summary>Random programs against the reference model. A failure is shrunk, and shows the smallest scenario with its seed.</summary>
public sealed class TaskGroupModelTests
{
    private static readonly int Scenarios = Soak.Times(3_000);

    [Fact]
    public void RandomPrograms_EveryGroup_EndsAsTheModelSays()
    {
        var scenarios = Arb.From(ScenarioOf(), static scenario => scenario.Shrink());
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Scenarios).WithEndSize(60),
            Prop.ForAll(scenarios, (Action<Scenario>)ScenarioRun.Check));
    }

    private static Gen<Scenario> ScenarioOf() =>
        from body in ProgramOf(3)
        from limit in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from supervise in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from outer in Gen.Frequency((2, Gen.Constant(-1)), (1, Gen.Choose(0, 12)))
        from timeout in Gen.Frequency((3, Gen.Constant(-1)), (1, Gen.Choose(0, 12)))
        from seed in Gen.Choose(0, 1_000_000)
        select new Scenario(body, limit, supervise, outer, timeout, seed);

    private static Gen<Program> ProgramOf(int depth) =>
        from count in Gen.Choose(0, depth == 3 ? 7 : 4)
        from steps in Gen.ArrayOf(StepOf(depth), count)
        select new Program(steps);

    private static Gen<Step> StepOf(int depth)
    {
        var simple = Gen.Frequency(
            (4, Simple(StepKind.Yield)),
            (4, Simple(StepKind.Delay)),
            (2, Simple(StepKind.StubbornDelay)),
            (1, Simple(StepKind.Fail)),
            (1, Simple(StepKind.FailInCleanup)),
            (1, Simple(StepKind.Cancel)),
            (1, Simple(StepKind.CancelHandle)));
        if (depth == 0) return simple;
        return Gen.Frequency(
            (6, simple),
            (4, ProgramOf(depth - 1).Select(static child => new Step(StepKind.Start, 0, child))),
            (2, ProgramOf(depth - 1).Select(static child => new Step(StepKind.Nest, 0, child))));
    }

    private static Gen<Step> Simple(StepKind kind) => Gen.Choose(0, 5).Select(amount => new Step(kind, amount, null));
}

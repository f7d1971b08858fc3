using System.Collections.Generic;

namespace AsyncGuard.Differential;

/// <summary>
/// One step, as data for both interpreters. <paramref name="N"/> is a time in virtual seconds, or the number of a child of the group;
/// <paramref name="Steps"/> is what
/// is inside.
/// <list type="table">
/// <item><term>sleep n</term><description>waits, until cancelled</description></item>
/// <item><term>log</term><description>leaves a mark</description></item>
/// <item><term>start steps</term><description>a child of the nearest group</description></item>
/// <item><term>nest steps</term><description>a group of its own, with the steps as its body</description></item>
/// <item><term>timeout n steps</term><description>the steps, within that time</description></item>
/// <item><term>fail n</term><description>raises error n</description></item>
/// <item><term>finally n steps</term><description>the steps, and then a cleanup of that time which is not to be
/// cancelled</description></item>
/// <item><term>catch steps</term><description>the steps; goes on after a cancellation</description></item>
/// <item><term>guard steps</term><description>the steps; goes on after an error</description></item>
/// <item><term>cancel n</term><description>cancels one child of the nearest group</description></item>
/// <item><term>await n</term><description>waits for one child of the nearest group; what comes of its cancellation comes after that
/// time</description></item>
/// <item><term>put n, get</term><description>the program's queue</description></item>
/// </list>
/// </summary>
internal sealed record Step(string Op, int N = 0, IReadOnlyList<Step>? Steps = null);

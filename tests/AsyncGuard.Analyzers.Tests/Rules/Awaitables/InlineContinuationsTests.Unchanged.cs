using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Awaitables;

// What the fix leaves as it is.
public sealed partial class InlineContinuationsTests
{
    private static readonly RuleTestOptions Orchestrations = RuleTestOptions.Default with
    {
        OtherFiles =
        [
            ("Orchestrations.cs",
                """
                namespace Microsoft.DurableTask { public abstract class TaskOrchestrationContext { } }
                namespace DurableTask.Core { public abstract class OrchestrationContext { } }
                namespace Dapr.Workflow
                {
                    public interface IWorkflowContext { }
                    public abstract class WorkflowContext : IWorkflowContext { }
                    public abstract class WorkflowActivityContext { }
                }
                """),
        ],
    };

    [Theory]
    [InlineData("class X : Microsoft.DurableTask.TaskOrchestrationContext { Task<int> M(Queue<object> q) { var t = new TaskCompletionSource<int>(); q.Enqueue(t); return t.Task; } }")]
    [InlineData("class X : DurableTask.Core.OrchestrationContext { async Task M(Queue<object> q) { TaskCompletionSource t = new(); q.Enqueue(t); await t.Task; } }")]
    [InlineData("class X : Dapr.Workflow.WorkflowContext { TaskCompletionSource F = new(); }")]
    [InlineData("class X : Dapr.Workflow.WorkflowContext { class Y { object M() => new TaskCompletionSource(); } }")]
    [InlineData("class X : Dapr.Workflow.IWorkflowContext { Func<object> M() => () => new TaskCompletionSource(); }")]
    public Task ContextOfAnOrchestration_IsSilent(string source) => Silent(source, Orchestrations);

    [Theory]
    [InlineData("class X : Dapr.Workflow.WorkflowActivityContext { object M() => [|new TaskCompletionSource()|]; }")]
    [InlineData("object M(Dapr.Workflow.WorkflowContext context) => [|new TaskCompletionSource()|];")]
    [InlineData("class X { Dapr.Workflow.IWorkflowContext? C; readonly TaskCompletionSource<int> T = [|new()|]; }")]
    public Task CodeBesideAnOrchestration_IsReported(string source) => Reports(source, Orchestrations);

    [Theory]
    [InlineData("new TaskCompletionSource<int>(TaskContinuationOptions.None)")]
    [InlineData("new TaskCompletionSource<int>(TaskContinuationOptions.RunContinuationsAsynchronously)")]
    public Task WrongEnumeration_GivesWay(string creation) => Fixes(
        $"object M() => [|{creation}|];",
        "object M() => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);");
}

using System.Linq;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>The smallest path search: from the call <c>From()</c> to <c>To()</c>, stopped by <c>Stop()</c>.</summary>
internal sealed class CallPaths(ControlFlowGraph graph, PathExceptions exceptions) : PathSearch(graph, exceptions)
{
    public bool Leads()
    {
        var (_, block, index) = Graphs.CallsIn(Graph).Single(found => found.Call.TargetMethod.Name == "From");
        return Leads(block, index + 1);
    }

    protected override PathStep Meet(IOperation operation) => (operation as IInvocationOperation)?.TargetMethod.Name switch
    {
        "To" => PathStep.Found,
        "Stop" => PathStep.Stop,
        _ => PathStep.Next,
    };
}

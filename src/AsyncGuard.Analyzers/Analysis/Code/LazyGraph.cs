using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code;

/// <summary>The control flow around a body, made on demand.</summary>
internal sealed class LazyGraph(IOperation body)
{
    private ControlFlowGraph? _graph;

    public IOperation Body { get; } = body;

    public ControlFlowGraph Create()
    {
        if (_graph is not null) return _graph;
        var root = FlowGraphs.RootOf(Body);
        return _graph = root switch
        {
            IMethodBodyOperation method => ControlFlowGraph.Create(method),
            IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor),
            IFieldInitializerOperation field => ControlFlowGraph.Create(field),
            IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
            IParameterInitializerOperation parameter => ControlFlowGraph.Create(parameter),
            _ => ControlFlowGraph.Create((IBlockOperation)root),
        };
    }
}

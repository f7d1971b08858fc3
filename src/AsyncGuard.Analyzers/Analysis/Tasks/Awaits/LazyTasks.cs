using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks.Awaits;

/// <summary>
/// A local that holds a query which starts a task for each item, each time it is enumerated, or a parameter that may be one.
/// </summary>
internal sealed class LazyTasks
{
    // Newer than the Roslyn this is compiled against.
    private const OperationKind Spread = (OperationKind)128;

    private readonly ISymbol _sequence;
    private readonly IOperation _place;
    private readonly GuardContext _guard;

    // The declarator of the local, or the body of the method whose parameter it is.
    private LazyTasks(ISymbol sequence, IOperation place, GuardContext guard)
    {
        _sequence = sequence;
        _place = place;
        _guard = guard;
    }

    public static LazyTasks? Of(IVariableDeclaratorOperation declarator, GuardContext guard)
    {
        var type = declarator.Symbol.Type;
        if (!Enumeration.IsSequence(type, guard) || !guard.Awaitables.HoldsAwaitables(type)) return null;
        return declarator.Initializer is { Value: var value } && StartsWhenEnumerated(value, guard)
            ? new LazyTasks(declarator.Symbol, declarator, guard) : null;
    }

    /// <summary>A parameter of a method that other projects may call with a query; null where it is no sequence of tasks.</summary>
    public static LazyTasks? Of(IParameterSymbol parameter, IMethodBodyOperation body, GuardContext guard) =>
        parameter.RefKind == RefKind.None && Enumeration.IsSequence(parameter.Type, guard)
        && guard.Awaitables.HoldsAwaitables(parameter.Type)
            ? new LazyTasks(parameter, body, guard) : null;

    /// <summary>The first enumeration that comes after another one, or after itself in a loop; null where there is none.</summary>
    public IOperation? Repetition(ControlFlowGraph outermost)
    {
        var enumerations = Enumerations();
        if (enumerations.Count == 0 || (enumerations.Count == 1 && !IsInLoop(enumerations[0]))) return null;
        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(_place), outermost) is not { } graph) return null;

        // Not by a path that makes the sequence anew, and not by one that tries again after an exception.
        var paths = new EventPaths(graph, IsLocal ? [_place.Syntax] : [], PathExceptions.None);
        foreach (var enumeration in enumerations)
        {
            foreach (var earlier in enumerations)
            {
                if (paths.Leads(earlier.Syntax, [enumeration.Syntax]) == true) return enumeration;
            }
        }

        return null;
    }

    // Only those that are certain: what a method does with a sequence that it receives is not known.
    private List<IOperation> Enumerations()
    {
        var found = new List<IOperation>();
        foreach (var operation in FlowGraphs.RootOf(_place).Descendants())
        {
            if (!SymbolEqualityComparer.Default.Equals(NamedBy(operation), _sequence)) continue;
            if (IsWritten(operation) || (!IsLocal && IsTested(operation))) return new List<IOperation>();
            if (ReferenceEquals(FlowGraphs.FunctionAround(operation), FlowGraphs.FunctionAround(_place)) && IsEnumerated(operation))
                found.Add(operation);
        }

        return found;
    }

    private bool IsLocal => _sequence is ILocalSymbol;

    private static ISymbol? NamedBy(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };

    // tasks is ICollection<Task> list, tasks as IList<Task> ?? tasks.ToList(): what it is, is looked at
    private static bool IsTested(IOperation reference) =>
        reference.Parent is IIsTypeOperation or IIsPatternOperation { Pattern: not (IConstantPatternOperation or INegatedPatternOperation) }
            or ISwitchExpressionOperation or ISwitchOperation or IConversionOperation { IsTryCast: true };

    private bool IsEnumerated(IOperation sequence)
    {
        while (true)
        {
            switch (sequence.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    sequence = sequence.Parent;
                    continue;
                case IForEachLoopOperation loop:
                    return ReferenceEquals(loop.Collection, sequence);

                // return tasks.Select(t => t.Result): the caller enumerates it, and knows what it passed
                case IReturnOperation:
                    return IsLocal;
                case { Kind: Spread }:
                    return true;

                // tasks.Where(…), tasks.ToList()
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call } when Enumeration.IsLazy(call, _guard):
                    sequence = call;
                    continue;
                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call }:
                    return (Enumeration.IsEager(call, _guard) && !SequenceMembers.TryGetCount.Is(call.TargetMethod))
                        || TaskMembers.AwaitedTogether.Is(call.TargetMethod) || CollectionNames.AddsAll(call.TargetMethod.Name);

                // new List<Task>(tasks)
                case IArgumentOperation { Parent: IObjectCreationOperation creation }:
                    return _guard.Awaitables.HoldsAwaitables(creation.Type);
                default:
                    return false;
            }
        }
    }

    private static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        _ => false,
    };

    // items.Select(async …), items.Select(RunAsync).Where(…); not items.Select(RunAsync).ToList()
    private static bool StartsWhenEnumerated(IOperation value, GuardContext guard)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    continue;
                case IParenthesizedOperation inner:
                    value = inner.Operand;
                    continue;
                case ITranslatedQueryOperation query:
                    value = query.Operation;
                    continue;
                case IInvocationOperation call when Enumeration.IsLazy(call, guard):
                    if (CollectionNames.Projects(call.TargetMethod.Name) && IsStart(call, guard)) return true;
                    value = call.Arguments[0].Value;
                    continue;
                default:
                    return false;
            }
        }
    }

    private static bool IsStart(IInvocationOperation select, GuardContext guard)
    {
        var starts = new List<IOperation>();
        TaskStarts.AddFrom(select, starts, guard);
        return starts.Count == 1 && ReferenceEquals(starts[0], select);
    }

    private bool IsInLoop(IOperation place)
    {
        for (var parent = place.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILoopOperation && !(IsLocal && parent.Syntax.Span.Contains(_place.Syntax.Span))) return true;
        }

        return false;
    }
}

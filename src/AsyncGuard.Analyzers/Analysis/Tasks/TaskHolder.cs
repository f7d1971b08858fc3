using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>A local that keeps a task or a collection of tasks: what was started into it, and what happens to it.</summary>
internal sealed class TaskHolder
{
    private const int MaxSteps = 6;

    private readonly List<IOperation> _starts = new();
    private readonly List<TaskHolderUse> _uses = new();
    private readonly List<(SyntaxNode Place, IOperation? Start)> _writes = new();

    private TaskHolder(ILocalSymbol local, bool isCollection)
    {
        Local = local;
        IsCollection = isCollection;
    }

    public ILocalSymbol Local { get; }

    public bool IsCollection { get; }

    /// <summary>
    /// The calls whose tasks the local keeps, in the order of the source. Tasks that other code holds as well are not among them.
    /// </summary>
    public IReadOnlyList<IOperation> Starts => _starts;

    /// <summary>Every place that names the local, also in lambdas and local functions.</summary>
    public IReadOnlyList<TaskHolderUse> Uses => _uses;

    /// <summary>
    /// Every write in the order of the source, with the call that started what is written; null where that is nothing or belongs to other
    /// code.
    /// </summary>
    public IReadOnlyList<(SyntaxNode Place, IOperation? Start)> Writes => _writes;

    /// <summary>Whether the local is written in one function and read in another, so that no order of its uses is known.</summary>
    public bool IsShared { get; private set; }

    /// <summary>Whether any use awaits, returns or hands on what the local keeps; of another local, whether that one's uses do.</summary>
    public bool IsTakenCareOf(IOperation place, GuardContext guard) => IsTakenCareOf(place, guard, MaxSteps);

    /// <summary>Whether one use takes care of what the local keeps.</summary>
    public bool TakesCare(TaskHolderUse use, IOperation place, GuardContext guard) => IsTakenCareOf(use.Fate, place, guard, MaxSteps);

    /// <summary>Reads the whole member around the place.</summary>
    public static TaskHolder Of(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        var holder = new TaskHolder(local, guard.Awaitables.HoldsAwaitables(local.Type));
        holder.Read(FlowGraphs.RootOf(place), guard);
        return holder;
    }

    private bool IsTakenCareOf(IOperation place, GuardContext guard, int steps)
    {
        if (IsShared || steps == 0) return true;
        foreach (var use in _uses)
        {
            if (IsTakenCareOf(use.Fate, place, guard, steps)) return true;
        }

        return false;
    }

    private bool IsTakenCareOf(TaskFate fate, IOperation place, GuardContext guard, int steps)
    {
        if (fate.IsTakenCareOf) return true;
        return fate is { Kind: TaskFateKind.Kept, Holder: { } other } && !Is(other)
            && Of(other, place, guard).IsTakenCareOf(place, guard, steps - 1);
    }

    private void Read(IOperation root, GuardContext guard)
    {
        IOperation? home = null;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Is(declarator.Symbol):
                    home = FlowGraphs.FunctionAround(declarator);
                    if (declarator.Initializer is { Value: var initial }) Put(declarator.Syntax, initial, guard);
                    else if (declarator.Parent is IVariableDeclarationOperation { Initializer.Value: var shared })
                        Put(declarator.Syntax, shared, guard);
                    break;

                case IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var declared } } declaration
                    when Is(declared):
                    home = FlowGraphs.FunctionAround(declaration);
                    break;

                case IIsPatternOperation match when TaskFate.DeclaredBy(match.Pattern) is { } named && Is(named):
                    home = FlowGraphs.FunctionAround(match);
                    Put(match.Syntax, match.Value, guard);
                    break;

                case ILocalReferenceOperation reference when Is(reference.Local):
                    Add(reference, home, guard);
                    break;
            }
        }
    }

    private void Add(ILocalReferenceOperation reference, IOperation? home, GuardContext guard)
    {
        // var (a, b) = (RunAsync(1), RunAsync(2))
        if (reference.IsDeclaration && home is null && reference.Parent is not IDeclarationExpressionOperation)
            home = FlowGraphs.FunctionAround(reference);

        var fate = TaskFate.Of(reference, guard);
        var function = FlowGraphs.FunctionAround(reference);
        if (!ReferenceEquals(function, home) && fate.Kind != TaskFateKind.Written && function is not null)
        {
            if (IsUnused(function)) return;
            fate = fate.InAnotherFunction();
        }

        _uses.Add(new TaskHolderUse(reference, fate));
        if (fate.Kind != TaskFateKind.Written) return;
        if (!ReferenceEquals(function, home) && !IsCollection) IsShared = true;
        foreach (var value in ValuesWritten(reference, fate.Place)) Put(reference.Syntax, value, guard);
    }

    private static IEnumerable<IOperation> ValuesWritten(ILocalReferenceOperation reference, IOperation? place)
    {
        switch (place)
        {
            case ISimpleAssignmentOperation assignment:
                yield return assignment.Value;
                break;

            // tasks.Add(RunAsync())
            case IInvocationOperation fill:
                foreach (var argument in fill.Arguments) yield return argument.Value;
                break;

            // tasks[i] = RunAsync()
            case { Parent: ISimpleAssignmentOperation element }:
                yield return element.Value;
                break;

            // (a, b) = (RunAsync(1), RunAsync(2))
            case ITupleOperation targets:
                if (ValueFor(targets, reference) is { } part) yield return part;
                break;
        }
    }

    private static IOperation? ValueFor(ITupleOperation targets, ILocalReferenceOperation reference)
    {
        IOperation whole = targets;
        while (whole.Parent is IDeclarationExpressionOperation) whole = whole.Parent;
        if (whole.Parent is not IDeconstructionAssignmentOperation assignment) return null;
        var value = Unwrapped.Conversions(assignment.Value);
        if (value is not ITupleOperation values || values.Elements.Length != targets.Elements.Length) return null;
        for (var i = 0; i < targets.Elements.Length; i++)
        {
            var target = targets.Elements[i];
            if (target is IDeclarationExpressionOperation declaration) target = declaration.Expression;
            if (ReferenceEquals(target, reference)) return values.Elements[i];
        }

        return null;
    }

    private void Put(SyntaxNode at, IOperation value, GuardContext guard)
    {
        // var u = t; what t keeps is counted there
        var before = _starts.Count;
        if (AccessPath.Of(value) is not { Root: ILocalSymbol } || IsCollection) TaskStarts.AddFrom(value, _starts, guard);
        for (var i = before; i < _starts.Count; i++) _writes.Add((at, _starts[i]));
        if (_starts.Count == before) _writes.Add((at, null));
    }

    private bool Is(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(other, Local);

    // A local function that is never called; Func<Task> later = async () => await t; that is never read
    private static bool IsUnused(IOperation function)
    {
        if (function is ILocalFunctionOperation { Symbol: var called })
        {
            foreach (var operation in FlowGraphs.RootOf(function).Descendants())
            {
                var target = operation switch
                {
                    IInvocationOperation call => call.TargetMethod.OriginalDefinition,
                    IMethodReferenceOperation reference => reference.Method.OriginalDefinition,
                    _ => null,
                };
                if (SymbolEqualityComparer.Default.Equals(target, called) && !function.Syntax.Span.Contains(operation.Syntax.Span))
                    return false;
            }

            return true;
        }

        var use = Unwrapped.DelegateAround(function).Parent;
        if (use is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var kept } }) return false;
        foreach (var operation in FlowGraphs.RootOf(function).Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var read } && SymbolEqualityComparer.Default.Equals(read, kept))
                return false;
        }

        return true;
    }
}

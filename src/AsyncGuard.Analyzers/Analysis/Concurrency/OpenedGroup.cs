using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// A group that code opens and keeps in a local: <c>var scope = TaskGroup.Open();</c>, <c>var background = new BackgroundTaskGroup(…);</c>
/// </summary>
internal sealed class OpenedGroup
{
    private readonly IVariableDeclaratorOperation _declarator;
    private readonly IOperation? _home;
    private readonly List<(IOperation Reference, GroupUse Use)> _uses = new();

    private OpenedGroup(IVariableDeclaratorOperation declarator, GuardContext guard)
    {
        _declarator = declarator;
        _home = FlowGraphs.FunctionAround(declarator);
        foreach (var operation in FlowGraphs.RootOf(declarator).Descendants())
        {
            if (operation is ILocalReferenceOperation { Local: var local }
                && SymbolEqualityComparer.Default.Equals(local, declarator.Symbol))
                _uses.Add((operation, GroupUse.Of(operation, guard)));
        }
    }

    public ILocalSymbol Local => _declarator.Symbol;

    /// <summary>Every place that names the local, also in lambdas and local functions.</summary>
    public IReadOnlyList<(IOperation Reference, GroupUse Use)> Uses => _uses;

    /// <summary>The lambda or local function that opens it; null in the member itself.</summary>
    public IOperation? Home => _home;

    /// <summary>Whether it ends with its block: <c>await using var scope = …</c></summary>
    public bool IsResource => IsDeclaredResource(_declarator);

    /// <summary>Whether it ends with its block, or somewhere it is disposed or drained by hand.</summary>
    public bool IsEnded
    {
        get
        {
            if (IsResource) return true;
            foreach (var (_, use) in _uses)
            {
                if (use.Kind == GroupUseKind.Disposed) return true;
            }

            return false;
        }
    }

    /// <summary>Whether it is drained: what a background group may be instead of disposed.</summary>
    public bool IsJoined
    {
        get
        {
            foreach (var (_, use) in _uses)
            {
                if (use.Kind == GroupUseKind.Joined) return true;
            }

            return false;
        }
    }

    /// <summary>Whether other code holds it and may end it.</summary>
    public bool IsHandedOn
    {
        get
        {
            foreach (var (reference, use) in _uses)
            {
                if (use.IsInner) continue;
                if (use.Kind is GroupUseKind.Passed or GroupUseKind.Returned or GroupUseKind.Stored or GroupUseKind.Written) return true;
                if (use.Kind is GroupUseKind.Joined or GroupUseKind.Disposed or GroupUseKind.Cancelled
                    && !ReferenceEquals(FlowGraphs.FunctionAround(reference), _home))
                    return true;
            }

            return false;
        }
    }

    /// <summary>The group in the local that the value becomes; null where it becomes something else.</summary>
    public static OpenedGroup? Of(IOperation opening, GuardContext guard)
    {
        opening = Unwrapped.ConversionsAround(opening);
        return opening.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
            ? new OpenedGroup(declarator, guard) : null;
    }

    // await using var scope = …; await using (var scope = …) …
    public static bool IsDeclaredResource(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent is { Parent: IUsingDeclarationOperation or IUsingOperation };

    // TaskGroup.Open(); _ = TaskGroup.Open(); TaskGroup.Open().Start(…); a private field that nothing joins or disposes
    public static bool IsLost(IOperation opening)
    {
        opening = Unwrapped.ConversionsAround(opening);
        return opening.Parent switch
        {
            IInvocationOperation call => GroupMembers.Starts(call.TargetMethod.Name),
            IExpressionStatementOperation or IPropertyReferenceOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } =>
                true,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: var field } } => !GroupField.IsEnded(field),
            IFieldInitializerOperation { InitializedFields: var fields } => !GroupField.IsEnded(fields[0]),
            _ => false,
        };
    }

    /// <summary>What follows in the block of the group; null where it has none.</summary>
    public IReadOnlyList<IOperation>? Statements()
    {
        IOperation? statement = _declarator.Parent?.Parent;
        if (statement?.Parent is IUsingOperation use) return use.Body is IBlockOperation body ? body.Operations : new[] { use.Body };
        if (statement?.Parent is IUsingDeclarationOperation) statement = statement.Parent;
        if (statement?.Parent is not IBlockOperation { Operations: var statements }) return null;

        var after = new List<IOperation>();
        for (var i = statements.IndexOf(statement) + 1; i < statements.Length; i++) after.Add(statements[i]);
        return after;
    }
}

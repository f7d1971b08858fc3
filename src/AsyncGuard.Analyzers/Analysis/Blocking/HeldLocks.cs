using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// Follows a lock from the call that takes it, along every path of the control flow graph, until it is released: an await on the way is
/// one that the lock is held across. A path ends silently where something happens that we cannot judge.
/// </summary>
internal sealed class HeldLocks : PathSearch
{
    private readonly LockCall _taken;
    private readonly List<(SyntaxNode Condition, bool Outcome)> _conditions;
    private IAwaitOperation? _reached;

    private HeldLocks(ControlFlowGraph graph, LockCall taken) : base(graph, PathExceptions.FromEntry)
    {
        _taken = taken;
        _conditions = ConditionsOf(taken.Call);
    }

    /// <summary>The first await that some path reaches with the lock held, or null.</summary>
    public static IAwaitOperation? AwaitUnder(LockCall taken, ControlFlowGraph outermost) =>
        FlowGraphs.Inner(FlowGraphs.FunctionsAround(taken.Call), outermost) is { } graph ? new HeldLocks(graph, taken).Follow() : null;

    protected override PathStep Meet(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation reached:
                _reached = reached;
                return PathStep.Found;
            case IInvocationOperation call when MayRelease(call):
            case IArgumentOperation argument when IsHandedOn(argument):
            case IAssignmentOperation assignment when Overwrites(assignment):
                return PathStep.Stop;
            default:
                return PathStep.Next;
        }
    }

    protected override PathBranches After(IOperation condition) => HeldOutcome(condition) switch
    {
        true => PathBranches.WhenTrue,
        false => PathBranches.WhenFalse,
        null => PathBranches.Both,
    };

    private IAwaitOperation? Follow()
    {
        foreach (var block in Graph.Blocks)
        {
            var operations = FlowGraphs.InOrder(block);
            var start = operations.FindIndex(operation => operation is IInvocationOperation && operation.Syntax == _taken.Call.Syntax);
            if (start < 0) continue;
            return !IsUnknownUse(operations[start], block) && Leads(block, start + 1) ? _reached : null;
        }

        return null;
    }

    // Foo(gate.TryEnter()), return gate.TryEnter(): what receives the answer is not followed
    private bool IsUnknownUse(IOperation call, BasicBlock block)
    {
        if (call.Type?.SpecialType != SpecialType.System_Boolean || call.Parent is IExpressionStatementOperation) return false;
        if (call.Parent is ISimpleAssignmentOperation) return _taken.Flag is null;
        return block.ConditionKind == ControlFlowConditionKind.None || block.BranchValue is null || HeldOutcome(block.BranchValue) is null;
    }

    /// <summary>Which outcome of a condition goes with the lock being held, or null where the condition says nothing of it.</summary>
    private bool? HeldOutcome(IOperation condition)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return HeldOutcome(parenthesized.Operand);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return HeldOutcome(negation.Operand) is { } inner ? !inner : null;

            // if (gate.TryEnter() == false)
            case IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
                RightOperand.ConstantValue: { HasValue: true, Value: bool constant }
            } equality
                    when HeldOutcome(equality.LeftOperand) is { } left:
                return left == (constant == (equality.OperatorKind == BinaryOperatorKind.Equals));
            case IInvocationOperation call when call.Syntax == _taken.Call.Syntax:
                return true;
        }

        if (_taken.Flag is { } flag && AccessPath.Of(condition) is { } read && flag.Equals(read)) return true;
        foreach (var (known, outcome) in _conditions)
        {
            if (SyntaxFactory.AreEquivalent(known, condition.Syntax)) return outcome;
        }

        return null;
    }

    // if (isShared) Monitor.Enter(gate); … if (isShared) Monitor.Exit(gate);
    private static List<(SyntaxNode, bool)> ConditionsOf(IOperation call)
    {
        var conditions = new List<(SyntaxNode, bool)>();
        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalOperation choice && !ReferenceEquals(choice.Condition, child))
                AddCondition(choice.Condition, ReferenceEquals(choice.WhenTrue, child), conditions);
        }

        return conditions;
    }

    private static void AddCondition(IOperation condition, bool outcome, List<(SyntaxNode, bool)> conditions)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                AddCondition(parenthesized.Operand, outcome, conditions);
                break;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                AddCondition(negation.Operand, !outcome, conditions);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when outcome:
                AddCondition(both.LeftOperand, true, conditions);
                AddCondition(both.RightOperand, true, conditions);
                break;
            default:
                conditions.Add((condition.Syntax, outcome));
                break;
        }
    }

    private bool MayRelease(IInvocationOperation call) =>
        _taken.IsReleasedBy(call) || ReleasesInside(call.TargetMethod) || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke;

    // void Unlock() => Monitor.Exit(gate);
    private bool ReleasesInside(IMethodSymbol method)
    {
        foreach (var declaration in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax name && name.Identifier.ValueText == _taken.Release) return true;
            }
        }

        return false;
    }

    // new Releaser(gate): code that receives the lock may release it
    private bool IsHandedOn(IArgumentOperation argument) =>
        _taken.Lock is { } held && AccessPath.Of(argument.Value) is { } path && held.Equals(path)
        && argument.Parameter?.ContainingSymbol.ContainingType is { } owner
        && !SymbolEqualityComparer.Default.Equals(owner, _taken.Call.TargetMethod.ContainingType);

    // gate = new object(); taken = Ask();
    private bool Overwrites(IAssignmentOperation assignment) =>
        AccessPath.Of(assignment.Target) is { } target && assignment.Value.Syntax != _taken.Call.Syntax
        && ((_taken.Lock is { } held && held.StartsWith(target)) || (_taken.Flag is { } flag && flag.Equals(target)));
}

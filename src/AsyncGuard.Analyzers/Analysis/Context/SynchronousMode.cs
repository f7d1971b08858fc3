using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>
/// Recognises the synchronous branch of code that serves synchronous and asynchronous callers:
/// <code>async ? await XAsync() : X()      if (async) return XAsync(); X();      if (async) await t; else t.Wait();</code>
/// </summary>
internal static class SynchronousMode
{
    /// <summary>
    /// Whether the call stands in a branch that is chosen by a flag such as <c>async</c>, or opposite one that calls
    /// <paramref name="twin"/>.
    /// </summary>
    public static bool Is(IOperation call, string twin) =>
        Is(call, branch => Calls(branch, twin), alsoInSequence: true) || IsInSynchronousForm(call);

    /// <summary>
    /// Whether the wait stands in a branch that is chosen by a flag such as <c>async</c>, or opposite one that awaits the same task.
    /// </summary>
    public static bool IsForWait(IOperation wait, IOperation task) =>
        (AccessPath.Of(task) is { } path ? Is(wait, branch => Awaits(branch, path), alsoInSequence: false)
        : Is(wait, _ => false, alsoInSequence: false)) || IsInSynchronousForm(wait);

    private static bool Is(IOperation call, Func<IOperation?, bool> isAsyncForm, bool alsoInSequence, HashSet<ISymbol>? asked = null)
    {
        IOperation child = call;
        for (var parent = call.Parent; parent is not null and not IAnonymousFunctionOperation; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case ILocalFunctionOperation function:
                    return IsCalledSynchronously(function, asked);

                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child):
                    if (IsSynchronous(conditional.Condition, ReferenceEquals(conditional.WhenTrue, child))
                        || isAsyncForm(ReferenceEquals(conditional.WhenTrue, child) ? conditional.WhenFalse : conditional.WhenTrue))
                        return true;

                    // if (x) { X(); return; }  await XAsync();
                    if (alsoInSequence && Leaves(child) && conditional.Parent is IBlockOperation around
                        && Follows(around, conditional, isAsyncForm))
                        return true;
                    break;

                // async switch { true => await XAsync(), false => X() }, switch (mode) { case …: … }
                case ISwitchExpressionOperation or ISwitchOperation:
                    foreach (var branch in parent.ChildOperations)
                    {
                        if (!ReferenceEquals(branch, child) && isAsyncForm(branch)) return true;
                    }

                    break;

                // if (async) return XAsync();  X();
                case IBlockOperation block when FollowsAsyncExit(block, child, alsoInSequence ? isAsyncForm : _ => false):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the branch that is taken where the condition has the value serves synchronous callers only.</summary>
    private static bool IsSynchronous(IOperation? condition, bool value)
    {
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return IsSynchronous(parenthesized.Operand, value);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return IsSynchronous(negation.Operand, !value);

            // if (async && isOpen) …  else: one that is not open may be async
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both:
                return value ? IsSynchronous(both.LeftOperand, true) || IsSynchronous(both.RightOperand, true)
                    : IsSynchronous(both.LeftOperand, false) && IsSynchronous(both.RightOperand, false);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either:
                return value ? IsSynchronous(either.LeftOperand, true) && IsSynchronous(either.RightOperand, true)
                    : IsSynchronous(either.LeftOperand, false) || IsSynchronous(either.RightOperand, false);

            // behavior == IOBehavior.Asynchronous, async == true
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                var isSame = value == (comparison.OperatorKind == BinaryOperatorKind.Equals);
                return IsConstantMode(comparison.LeftOperand, isSame, comparison.RightOperand)
                    || IsConstantMode(comparison.RightOperand, isSame, comparison.LeftOperand);
            case IIsPatternOperation { Pattern: IConstantPatternOperation pattern } test:
                return IsConstantMode(pattern.Value, value, test.Value);
            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation pattern } } test:
                return IsConstantMode(pattern.Value, !value, test.Value);
            default:
                return NameOf(condition) is { } name && (value ? NamesSynchronous(name) : NamesAsynchronous(name));
        }
    }

    private static bool IsConstantMode(IOperation constant, bool isSame, IOperation flag)
    {
        return Unwrapped.Conversions(constant) switch
        {
            IFieldReferenceOperation { Field: { ContainingType.TypeKind: TypeKind.Enum, Name: var name } } =>
                isSame ? NamesSynchronous(name) : NamesAsynchronous(name),
            { ConstantValue: { HasValue: true, Value: bool expected } } => IsSynchronous(flag, expected == isSame),
            _ => false,
        };
    }

    // async, isAsync, _useAsync, sync, runSynchronously
    private static string? NameOf(IOperation? flag) => flag switch
    {
        IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } => name,
        ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } => name,
        IMemberReferenceOperation { Type.SpecialType: SpecialType.System_Boolean, Member.Name: var name } => name,
        _ => null,
    };

    private static bool NamesAsynchronous(string name) => Ends(name, "async") || Ends(name, "asynchronous") || Ends(name, "asynchronously");

    private static bool NamesSynchronous(string name) =>
        !NamesAsynchronous(name) && (Ends(name, "sync") || Ends(name, "synchronous") || Ends(name, "synchronously"));

    private static bool Ends(string name, string word) => name.EndsWith(word, StringComparison.OrdinalIgnoreCase);

    // ValueTask<int> Read() { return new(stream.Read(buffer)); } where only the synchronous branch calls it
    private static bool IsCalledSynchronously(ILocalFunctionOperation function, HashSet<ISymbol>? asked)
    {
        var isOutermost = asked is null;
        asked ??= new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        asked.Add(function.Symbol);
        var root = FlowGraphs.RootOf(function);
        var isCalled = false;
        foreach (var operation in root.Descendants())
        {
            if (operation is IMethodReferenceOperation { Method: var handed }
                && SymbolEqualityComparer.Default.Equals(handed.OriginalDefinition, function.Symbol))
                return false;
            if (operation is not IInvocationOperation { TargetMethod: var called } call
                || !SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, function.Symbol))
                continue;
            // What a function calls itself, or through another that is asked already, says nothing about its first caller.
            if (FlowGraphs.FunctionAround(call) is ILocalFunctionOperation { Symbol: var caller } && asked.Contains(caller))
            {
                isCalled |= !isOutermost;
                continue;
            }

            if (!Is(call, _ => false, alsoInSequence: false, asked)) return false;
            isCalled = true;
        }

        return isCalled;
    }

    private static bool Follows(IBlockOperation block, IOperation conditional, Func<IOperation?, bool> isAsyncForm)
    {
        var after = false;
        foreach (var statement in block.Operations)
        {
            if (after && isAsyncForm(statement)) return true;
            after |= ReferenceEquals(statement, conditional);
        }

        return false;
    }

    private static bool FollowsAsyncExit(IBlockOperation block, IOperation call, Func<IOperation?, bool> isAsyncForm)
    {
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, call)) return false;
            if (statement is IConditionalOperation { WhenFalse: null } early && Leaves(early.WhenTrue)
                && (IsSynchronous(early.Condition, value: false) || isAsyncForm(early.WhenTrue)))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    private static bool Calls(IOperation? branch, string method)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation call && call.TargetMethod.Name == method) return true;
        }

        return false;
    }

    private static bool Awaits(IOperation? branch, AccessPath task)
    {
        if (branch is null) return false;
        foreach (var operation in branch.DescendantsAndSelf())
        {
            if (operation is IAwaitOperation awaited && task.Equals(AccessPath.Of(Unwrapped.Awaited(awaited.Operation)))) return true;
        }

        return false;
    }

    // SyncAdapter : IAdapter beside AsyncAdapter : IAdapter: code for both kinds of callers chooses one of them
    private static bool IsInSynchronousForm(IOperation operation)
    {
        if (operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { Identifier.ValueText: var name } declaration)
            return false;
        var start = name.IndexOf(ConventionalNames.Sync, StringComparison.Ordinal);
        if (start < 0 || operation.SemanticModel is not { } model || model.SyntaxTree != declaration.SyntaxTree
            || model.GetDeclaredSymbol(declaration) is not INamedTypeSymbol { AllInterfaces.IsEmpty: false } type)
            return false;

        var around = (INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace;
        foreach (var other in around.GetTypeMembers(name.Insert(start, "A").Replace("ASync", "Async")))
        {
            foreach (var contract in other.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(contract.ContainingAssembly, type.ContainingAssembly)
                    && type.AllInterfaces.Any(shared => SymbolEqualityComparer.Default.Equals(shared.OriginalDefinition,
                    contract.OriginalDefinition)))
                    return true;
            }
        }

        return false;
    }
}

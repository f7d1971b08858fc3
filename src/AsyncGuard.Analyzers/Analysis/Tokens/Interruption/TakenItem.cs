using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>
/// An item that was taken out of what outlives the function, and is used later: where the function ends in between, it is lost.
/// <code>var item = _queue.Dequeue(); await Task.Delay(100); await SendAsync(item);</code>
/// What puts the item back in a handler or a <c>finally</c> keeps it.
/// </summary>
internal static class TakenItem
{
    /// <summary>
    /// Whether an item is lost where the place throws. What takes the item in the condition of a loop, or obeys a token itself, leaves the
    /// use of the item to the same token: there, only a place between the two counts.
    /// </summary>
    /// <param name="place">The place that may throw.</param>
    /// <param name="isLeft">Whether the place has done its work where it throws, so that only what stands behind it counts.</param>
    /// <param name="guard">The context.</param>
    public static bool IsLostAt(IOperation place, bool isLeft, GuardContext guard)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            var isLost = parent switch
            {
                IBlockOperation block => IsTakenBefore(block.Operations, child, place, isLeft, guard),
                ISwitchCaseOperation section => IsTakenBefore(section.Body, child, place, isLeft, guard),
                IConditionalOperation choice => IsTakenBy(choice.Condition, child, isLoop: false, place, isLeft, guard),
                IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } =>
                    IsTakenBy(condition, child, isLoop: true, place, isLeft, guard),
                IForLoopOperation { Condition: { } condition } => IsTakenBy(condition, child, isLoop: true, place, isLeft, guard),
                _ => false,
            };
            if (isLost) return true;
        }

        return false;
    }

    private static bool IsTakenBefore(ImmutableArray<IOperation> statements, IOperation child, IOperation place, bool isLeft,
        GuardContext guard)
    {
        foreach (var statement in statements)
        {
            if (ReferenceEquals(statement, child)) return false;
            if (IsTakenIn(statement, isLoop: false, place, isLeft, guard)) return true;
        }

        return false;
    }

    private static bool IsTakenBy(IOperation condition, IOperation child, bool isLoop, IOperation place, bool isLeft,
        GuardContext guard) =>
        !ReferenceEquals(condition, child) && IsTakenIn(condition, isLoop, place, isLeft, guard);

    private static bool IsTakenIn(IOperation code, bool isLoop, IOperation place, bool isLeft, GuardContext guard)
    {
        foreach (var operation in FunctionCode.InPlace(code))
        {
            switch (operation)
            {
                case IInvocationOperation call when Takes(call, guard):
                    var obeys = isLoop || IsGivenToken(call, guard);
                    foreach (var item in ItemsOf(call))
                    {
                        if (IsLost(item, obeys, place, isLeft, guard)) return true;
                        if (CollectionOf(item, code) is { } batch && IsLost(batch, obeys: false, place, isLeft, guard)) return true;
                    }

                    break;

                // var first = _items[0]; _items.RemoveAt(0);   var batch = _items.ToList(); _items.Clear();
                case IInvocationOperation { Instance: { } from } call when CollectionNames.Drops(call.TargetMethod.Name):
                    if (IsCopyLost(from, call, isWhole: false, place, isLeft, guard)) return true;
                    break;

                // var batch = _items; _items = new();
                case ISimpleAssignmentOperation { Target: IMemberReferenceOperation from, Value: var value }
                    when Unwrapped.Conversions(value) is IObjectCreationOperation or ILiteralOperation or IDefaultValueOperation:
                    if (IsCopyLost(from, operation, isWhole: true, place, isLeft, guard)) return true;
                    break;
            }
        }

        return false;
    }

    private static bool Takes(IInvocationOperation call, GuardContext guard)
    {
        var method = call.TargetMethod;
        if (ThreadingMembers.Exchange.Is(method))
            return call.Arguments.Length > 0 && call.Type is { IsReferenceType: true } && IsShared(call.Arguments[0].Value);
        var takes = CollectionNames.IsTake(method.Name)
            ? !method.IsExtensionMethod && (method.Parameters.IsEmpty || guard.Tokens.IsToken(method.Parameters[0].Type))
            : CollectionNames.Receives(method.Name) ? ReceivesItem(call, guard)
            : CollectionNames.TakesOut(method.Name) || ThreadingMembers.ReadOfChannel.Is(method)
            || (CollectionNames.Removes(method.Name) && HasOut(method));
        return takes && (Unwrapped.Receiver(call) is not { } receiver || IsShared(receiver));
    }

    // await block.ReceiveAsync(), await queue.ReceiveAsync(TimeSpan.FromSeconds(5), token); not await socket.ReceiveAsync(buffer)
    private static bool ReceivesItem(IInvocationOperation call, GuardContext guard)
    {
        foreach (var parameter in call.TargetMethod.Parameters)
        {
            if (parameter.Ordinal == 0 && call.TargetMethod.IsExtensionMethod) continue;
            if (!guard.Tokens.IsToken(parameter.Type) && !SymbolEqualityComparer.Default.Equals(parameter.Type, guard.Types.TimeSpan))
                return false;
        }

        return true;
    }

    private static bool HasOut(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind == RefKind.Out) return true;
        }

        return false;
    }

    private static bool IsGivenToken(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && guard.Tokens.IsToken(argument.Parameter?.Type)
                && argument.Value is not IDefaultValueOperation && !CancellationMembers.None.IsUse(argument.Value))
                return true;
        }

        return false;
    }

    // var stack = new Stack<Node>(); var rows = Load(); what the function has made is its own
    private static bool IsShared(IOperation collection)
    {
        if (Unwrapped.Conversions(collection) is IObjectCreationOperation) return false;
        if (AccessPath.Of(collection) is not { Root: ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declared } }) return true;
        if (declared[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: var value }) return true;
        return value is IdentifierNameSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax
            or ConditionalAccessExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax;
    }

    /// <summary>The locals that hold what the call has taken.</summary>
    private static List<ILocalSymbol> ItemsOf(IInvocationOperation call)
    {
        var items = new List<ILocalSymbol>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out) AddLocals(argument.Value, items);
        }

        var value = ValueAround(call);
        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                items.Add(declarator.Symbol);
                break;
            case IAssignmentOperation assignment when ReferenceEquals(assignment.Value, value):
                AddLocals(assignment.Target, items);
                break;
            case IIsPatternOperation match:
                AddLocals(match.Pattern, items);
                break;
            // batch.Add(_queue.Dequeue());
            case IArgumentOperation { Parent: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var batch } } fill }
                when CollectionNames.Fills(fill.TargetMethod.Name):
                items.Add(batch);
                break;
        }

        return items;
    }

    // await _queue.DequeueAsync().ConfigureAwait(false), _queue.Dequeue().Id, (Job)_queue.Dequeue(), _queue.Dequeue() ?? none
    private static IOperation ValueAround(IOperation value)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IAwaitOperation or IParenthesizedOperation or ICoalesceOperation
                    or IConditionalAccessOperation:
                case IPropertyReferenceOperation property when ReferenceEquals(property.Instance, value):
                case IInvocationOperation call when ReferenceEquals(call.Instance, value)
                    && ConventionalNames.KeepsWork(call.TargetMethod.Name):
                    value = value.Parent;
                    continue;
                default:
                    return value;
            }
        }
    }

    private static void AddLocals(IOperation target, List<ILocalSymbol> items)
    {
        foreach (var part in target.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Local: var local }:
                    items.Add(local);
                    break;
                case IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol local }:
                    items.Add(local);
                    break;
                case IRecursivePatternOperation { DeclaredSymbol: ILocalSymbol local }:
                    items.Add(local);
                    break;
            }
        }
    }

    // while (_queue.TryDequeue(out var item)) batch.Add(item);
    private static ILocalSymbol? CollectionOf(ILocalSymbol item, IOperation code)
    {
        foreach (var operation in FunctionCode.InPlace(code))
        {
            if (operation is not IInvocationOperation { Instance: ILocalReferenceOperation { Local: var batch } } fill
                || !CollectionNames.Fills(fill.TargetMethod.Name))
                continue;
            foreach (var argument in fill.Arguments)
            {
                if (Reads(argument, item)) return batch;
            }
        }

        return null;
    }

    private static bool IsCopyLost(IOperation from, IOperation drop, bool isWhole, IOperation place, bool isLeft, GuardContext guard)
    {
        if (AccessPath.Of(from) is not { } path || !IsShared(from)) return false;
        foreach (var operation in FlowGraphs.RootOf(drop).Descendants())
        {
            if (operation is not IVariableDeclaratorOperation { Initializer.Value: var value, Symbol: var copy }
                || operation.Syntax.SpanStart >= drop.Syntax.SpanStart)
                continue;
            if (isWhole ? path.Equals(AccessPath.Of(Unwrapped.Conversions(value))) : ReadsItems(value, path))
            {
                if (IsLost(copy, obeys: false, place, isLeft, guard)) return true;
            }
        }

        return false;
    }

    // _items[0], _items.First(), _items.ToArray(); not _items.Count
    private static bool ReadsItems(IOperation value, AccessPath path)
    {
        if (value.Type is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Int32 }) return false;
        foreach (var operation in value.DescendantsAndSelf())
        {
            if (operation is IMemberReferenceOperation or IParameterReferenceOperation && path.Equals(AccessPath.Of(operation)))
                return true;
        }

        return false;
    }

    private static bool IsLost(ILocalSymbol item, bool obeys, IOperation place, bool isLeft, GuardContext guard)
    {
        var statement = place.Syntax.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax or LocalDeclarationStatementSyntax
            or ReturnStatementSyntax ? place.Syntax.FirstAncestorOrSelf<StatementSyntax>()! : place.Syntax;
        var isUse = false;
        var isUsedBehind = false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not ILocalReferenceOperation read || !SymbolEqualityComparer.Default.Equals(read.Local, item)
                || IsOnlyLogged(read, guard))
                continue;
            isUse |= !isLeft && statement.Span.Contains(read.Syntax.Span);
            isUsedBehind |= read.Syntax.SpanStart >= statement.Span.End;
        }

        return (obeys ? isUsedBehind && !isUse : isUsedBehind || isUse) && !IsPutBack(item, place, guard);
    }

    private static bool IsPutBack(ILocalSymbol item, IOperation place, GuardContext guard)
    {
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is not ITryOperation attempt || !ReferenceEquals(attempt.Body, child)) continue;
            if (attempt.Finally is { } cleanup && IsUsedIn(cleanup, item, guard)) return true;
            foreach (var handler in attempt.Catches)
            {
                if (IsUsedIn(handler.Handler, item, guard)) return true;
            }
        }

        return false;
    }

    private static bool IsUsedIn(IOperation code, ILocalSymbol item, GuardContext guard)
    {
        foreach (var operation in code.Descendants())
        {
            if (operation is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, item)
                && !IsOnlyLogged(read, guard))
                return true;
        }

        return false;
    }

    private static bool Reads(IOperation code, ILocalSymbol item)
    {
        foreach (var operation in code.DescendantsAndSelf())
        {
            if (operation is ILocalReferenceOperation read && SymbolEqualityComparer.Default.Equals(read.Local, item)) return true;
        }

        return false;
    }

    private static bool IsOnlyLogged(IOperation read, GuardContext guard)
    {
        for (var parent = read.Parent; parent is not null and not (IBlockOperation or IAnonymousFunctionOperation); parent = parent.Parent)
        {
            if (parent is IInvocationOperation call && LogCall.Is(call.TargetMethod, guard)) return true;
        }

        return false;
    }
}

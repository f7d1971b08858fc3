using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>A loop that receives from a <c>WebSocket</c>, and what it looks at of each piece that it receives.</summary>
internal sealed class ReceiveLoop
{
    private readonly IInvocationOperation _receive;
    private readonly ILoopOperation _loop;
    private readonly GuardContext _guard;
    private readonly List<IPropertyReferenceOperation> _reads = new();

    private ReceiveLoop(IInvocationOperation receive, ILoopOperation loop, GuardContext guard)
    {
        _receive = receive;
        _loop = loop;
        _guard = guard;
    }

    public static bool IsReceive(IInvocationOperation call, GuardContext guard)
    {
        if (call.TargetMethod.Name != WebSocketNames.ReceiveAsync) return false;
        for (var type = call.TargetMethod.ContainingType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, guard.Types.WebSocket)) return true;
        }

        return false;
    }

    /// <summary>The loop around the call, or null where there is none, or where the result goes somewhere that is not seen.</summary>
    public static ReceiveLoop? Of(IInvocationOperation receive, GuardContext guard)
    {
        if (LoopAround(receive) is not { } inner) return null;
        var loop = new ReceiveLoop(receive, inner, guard);
        return loop.ReadResult() ? loop : null;
    }

    /// <summary>Whether the loop uses what it received without asking whether the message has ended.</summary>
    public bool IgnoresEndOfMessage() => !Reads(WebSocketNames.EndOfMessage) && UsesData() && !HandsOn();

    /// <summary>Whether nothing in the function would see that the other side has closed.</summary>
    public bool IgnoresClose()
    {
        // do { … } while (!result.EndOfMessage): one message, whose receiver looks for the end of the connection
        if (Reads(WebSocketNames.EndOfMessage) && LoopAround(_loop) is null && InCondition(WebSocketNames.EndOfMessage)) return false;
        foreach (var read in _reads)
        {
            if (read.Property.Name == WebSocketNames.CloseStatus
                || (read.Property.Name == WebSocketNames.MessageType && !IsOnlyAskedForData(read)))
                return false;
        }

        // while (socket.State == WebSocketState.Open)
        foreach (var operation in Outermost().Descendants())
        {
            if (operation is IPropertyReferenceOperation { Property: { Name: WebSocketNames.State or WebSocketNames.CloseStatus } state }
                && IsSocket(state.ContainingType))
                return false;
        }

        return true;
    }

    // var r = await socket.ReceiveAsync(…);   var next = socket.ReceiveAsync(…); … var r = await next;
    private bool ReadResult()
    {
        if (Unwrapped.AwaitAround(_receive) is { } awaited) return ReadValue(awaited);
        var task = Unwrapped.ConversionsAround(_receive);
        if (task.Parent is IInvocationOperation made && ReferenceEquals(made.Instance, task)
            && ConventionalNames.KeepsWork(made.TargetMethod.Name))
            task = Unwrapped.ConversionsAround(made);
        return task.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => ReadAwaits(local),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local }, Parent: IExpressionStatementOperation } =>
                ReadAwaits(local),
            IAwaitOperation => ReadValue(task.Parent),
            _ => false,
        };
    }

    private bool ReadAwaits(ILocalSymbol task)
    {
        var isAwaited = false;
        foreach (var operation in FlowGraphs.RootOf(_receive).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, task))
                continue;
            if (Unwrapped.AwaitAround(reference) is { } awaited)
            {
                if (!ReadValue(awaited)) return false;
                isAwaited = true;
            }
            else if (!IsOnlyLookedAt(reference))
            {
                return false;
            }
        }

        return isAwaited;
    }

    // next = …, next.IsCompleted, next == winner, Task.WhenAny(next, stop), which has no result to read
    private bool IsOnlyLookedAt(ILocalReferenceOperation task)
    {
        var value = Unwrapped.ConversionsAround(task);
        return value.Parent switch
        {
            ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, task),
            IPropertyReferenceOperation property => property.Type?.SpecialType == SpecialType.System_Boolean,
            IBinaryOperation => true,
            _ => value is IConversionOperation { IsImplicit: true, Type: INamedTypeSymbol { IsGenericType: false } type }
                && _guard.Awaitables.IsAwaitable(type),
        };
    }

    private bool ReadValue(IOperation awaited)
    {
        var value = Unwrapped.ConversionsAround(awaited);
        switch (value.Parent)
        {
            case IExpressionStatementOperation:
                return true;
            case IPropertyReferenceOperation read:
                _reads.Add(read);
                return true;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return AddReads(local);
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } assignment
                when ReferenceEquals(assignment.Value, value):
                return AddReads(local);
            default:
                return false;
        }
    }

    private bool AddReads(ILocalSymbol local)
    {
        foreach (var operation in FlowGraphs.RootOf(_receive).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            switch (reference.Parent)
            {
                case IPropertyReferenceOperation read:
                    _reads.Add(read);
                    break;
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, reference):
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private bool Reads(string property)
    {
        foreach (var read in _reads)
        {
            if (read.Property.Name == property) return true;
        }

        return false;
    }

    private bool InCondition(string property)
    {
        foreach (var read in _reads)
        {
            if (read.Property.Name == property && _loop is IWhileLoopOperation { Condition: { } condition }
                && condition.Syntax.Span.Contains(read.Syntax.Span))
                return true;
        }

        return false;
    }

    // if (result.MessageType == WebSocketMessageType.Text) … without else
    private static bool IsOnlyAskedForData(IPropertyReferenceOperation read) =>
        Unwrapped.ConversionsAround(read).Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } comparison
        && (IsData(comparison.LeftOperand) || IsData(comparison.RightOperand))
        && comparison.Parent is IConditionalOperation { WhenFalse: null };

    private static bool IsData(IOperation value) =>
        PlatformMembers.DataMessage.IsUse(Unwrapped.Conversions(value));

    private bool UsesData()
    {
        if (Reads(WebSocketNames.Count)) return true;
        if (_receive.Arguments.Length == 0 || BufferIn(_receive.Arguments[0].Value) is not { } buffer) return false;
        foreach (var operation in _loop.Descendants())
        {
            if (AccessPath.Of(operation) is { } path && path.Equals(buffer) && !_receive.Syntax.Span.Contains(operation.Syntax.Span))
                return true;
        }

        return false;
    }

    // new ArraySegment<byte>(buffer), buffer.AsMemory()
    private static AccessPath? BufferIn(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value switch
        {
            IObjectCreationOperation { Arguments: { Length: > 0 } arguments } => BufferIn(arguments[0].Value),
            IInvocationOperation { Instance: null, Arguments: { Length: > 0 } arguments } => BufferIn(arguments[0].Value),
            _ => AccessPath.Of(value),
        };
    }

    // stream.WriteAsync(buffer, 0, result.Count), pipe.Advance(result.Count): bytes without messages
    private bool HandsOn()
    {
        foreach (var operation in _loop.Descendants())
        {
            if (operation is not IInvocationOperation { Instance.Type: { } type }
                || SymbolEqualityComparer.Default.Equals(type, _guard.Types.MemoryStream))
                continue;
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _guard.Types.BufferWriterOfT)) return true;
            for (var current = type; current is not null; current = current.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(current, _guard.Types.PipeWriter)
                    || SymbolEqualityComparer.Default.Equals(current, _guard.Types.Stream))
                    return true;
            }
        }

        return false;
    }

    private bool IsSocket(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, _guard.Types.WebSocket)) return true;
        }

        return false;
    }

    private ILoopOperation Outermost()
    {
        var outermost = _loop;
        while (LoopAround(outermost) is { } outer) outermost = outer;
        return outermost;
    }

    private static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation loop) return loop;
        }

        return null;
    }
}

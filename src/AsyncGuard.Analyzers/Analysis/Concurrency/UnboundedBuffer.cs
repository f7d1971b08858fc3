using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>A channel or collection that takes any number of items, with what the code at hand puts into it and takes out of it.</summary>
internal sealed class UnboundedBuffer
{
    // A side that is handed on is followed through so many names and parameters.
    private const int MaxSteps = 4;

    private readonly List<IInvocationOperation> _puts = new();
    private readonly List<IInvocationOperation> _takes = new();
    private readonly Dictionary<IOperation, IOperation> _sites = new();
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly GuardContext _guard;

    private UnboundedBuffer(GuardContext guard) => _guard = guard;

    /// <summary>What is put into the buffer, where it is made.</summary>
    public IReadOnlyList<IInvocationOperation> Puts => _puts;

    /// <summary>What is taken out of the buffer, where it is made.</summary>
    public IReadOnlyList<IInvocationOperation> Takes => _takes;

    /// <summary>Whether other code gets the buffer or a side of it, and may do more with it.</summary>
    public bool Escapes { get; private set; }

    /// <summary>Whether a writer that does not wait for the reader fills it, while the reader awaits or works for each item.</summary>
    public bool IsOutrun
    {
        get
        {
            foreach (var take in _takes)
            {
                if (!TakesItsTime(take)) continue;
                foreach (var put in _puts)
                {
                    if (!IsOneAfterTheOther(put, take) && RunsFreely(put)) return true;
                }
            }

            return false;
        }
    }

    /// <summary>The buffer that the operation makes, or null where no local or member keeps it.</summary>
    public static UnboundedBuffer? Of(IOperation made, GuardContext guard)
    {
        if (NamedUses.HolderOf(made) is not { } holder) return null;
        var buffer = new UnboundedBuffer(guard);
        buffer.AddUsesOf(holder, made, site: null, MaxSteps);
        return buffer;
    }

    // The site is where the code that made the buffer hands it to the code that holds the use.
    private void AddUsesOf(ISymbol holder, IOperation place, IOperation? site, int steps)
    {
        if (!_followed.Add(holder)) return;
        foreach (var reference in NamedUses.Of(holder, place, _guard))
        {
            // channel.Writer, channel.Reader
            var value = Unwrapped.ConversionsAround(reference);
            if (value.Parent is IPropertyReferenceOperation side && ThreadingMembers.ChannelEnd.Is(side.Property)
                && ReferenceEquals(side.Instance, value))
                value = Unwrapped.ConversionsAround(side);
            switch (value.Parent)
            {
                case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                    Add(call, site);
                    break;

                // Produce(channel.Writer), new Producer(channel.Writer)
                case IArgumentOperation { Parameter.OriginalDefinition: { RefKind: RefKind.None } given } argument
                    when steps > 0 && IsVisible(argument.Parent) && KeepsType(given.Type):
                    AddUsesOf(given, value, site ?? argument.Parent!, steps - 1);
                    break;

                // block.Post(item), an extension method
                case IArgumentOperation
                {
                    Parameter.Ordinal: 0,
                    Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call
                } when !_guard.IsOurs(call.TargetMethod):
                    Add(call, site);
                    break;

                // var writer = channel.Writer; _writer = writer;
                case IVariableInitializerOperation or ISimpleAssignmentOperation
                    when steps > 0 && NamedUses.HolderOf(value) is { } other && !SymbolEqualityComparer.Default.Equals(other, holder):
                    AddUsesOf(other, value, site, steps - 1);
                    break;

                // channel = other
                case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                    break;

                // return channel.Reader
                default:
                    Escapes = true;
                    break;
            }
        }
    }

    // What overrides the method may do anything with its argument.
    private bool IsVisible(IOperation? call) => call switch
    {
        IInvocationOperation { IsVirtual: false, TargetMethod: var method } =>
            method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction && _guard.IsOurs(method) && !method.IsAbstract,
        IObjectCreationOperation { Constructor: { } constructor } => _guard.IsOurs(constructor),
        _ => false,
    };

    // Use(object writer) may do with it what its type does not say.
    private static bool KeepsType(ITypeSymbol type) =>
        type is not ({ SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.TypeParameter or TypeKind.Dynamic });

    private void Add(IInvocationOperation call, IOperation? site)
    {
        if (_guard.Apis.Has(call.TargetMethod, ApiTraits.Puts)) _puts.Add(call);
        else if (_guard.Apis.Has(call.TargetMethod, ApiTraits.Takes)) _takes.Add(call);
        else return;
        if (site is not null) _sites[call] = site;
    }

    // while (true) { … writer.TryWrite(await socket.ReceiveAsync(…)) … }, device.Received += (_, e) => writer.TryWrite(e)
    private bool RunsFreely(IInvocationOperation put)
    {
        for (var parent = put.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is ILoopOperation loop && IsOpen(loop)) return !IsPaced(loop);
        }

        return FlowGraphs.FunctionAround(put) switch
        {
            IAnonymousFunctionOperation lambda => IsCallback(lambda),
            null => put.SemanticModel?.GetEnclosingSymbol(put.Syntax.SpanStart) is IMethodSymbol method
                && (HandlerShape.Is(method) || EventSubscriptions.Has(method.Name, _guard.Compilation, default)),
            _ => false,
        };
    }

    private bool IsOpen(ILoopOperation loop) =>
        LoopBounds.IsEndless(loop) || UnboundedSource.IsReadBy(loop, _guard)
        || (loop is IWhileLoopOperation && !LoopBounds.IsCounted(loop) && HoldsAwait(loop))
        || loop is IForEachLoopOperation { IsAsynchronous: true };

    private static bool HoldsAwait(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IAwaitOperation) return true;
        }

        return false;
    }

    private bool IsCallback(IAnonymousFunctionOperation lambda)
    {
        var value = Unwrapped.DelegateAround(lambda);
        if (value.Parent is IEventAssignmentOperation { Adds: true }) return true;
        return value.Parent is IArgumentOperation
        {
            Parent: IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.IsEmpty: true } }
        }
                && DelegateUse.Of(lambda, _guard).Kind == DelegateUseKind.Unknown;
    }

    // await timer.WaitForNextTickAsync(), await Task.Delay(…), await slots.WaitAsync(): so many in a time, or only when there is room
    private bool IsPaced(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is not IInvocationOperation call) continue;
            if (StartedTask.IsDelay(call) || _guard.Apis.Has(call.TargetMethod, ApiTraits.Passes)) return true;
            if (ConventionalNames.WaitsForTurn(call.TargetMethod.Name)) return true;
        }

        return false;
    }

    // One function fills it, then empties it, itself or by methods that it waits for.
    private bool IsOneAfterTheOther(IOperation put, IOperation take)
    {
        var writing = SiteOf(put);
        var reading = SiteOf(take);
        if (!ReferenceEquals(FlowGraphs.FunctionAround(writing), FlowGraphs.FunctionAround(reading))
            || !ReferenceEquals(FlowGraphs.RootOf(writing), FlowGraphs.RootOf(reading)))
            return false;
        if (ReferenceEquals(writing, reading)) return ReferenceEquals(FlowGraphs.FunctionAround(put), FlowGraphs.FunctionAround(take));
        var first = writing.Syntax.SpanStart < reading.Syntax.SpanStart ? writing : reading;
        return ReferenceEquals(first, put) || ReferenceEquals(first, take) || IsWaitedFor(first);
    }

    private IOperation SiteOf(IOperation use) => _sites.TryGetValue(use, out var site) ? site : use;

    // await ProduceAsync(channel.Writer), Fill(channel.Writer); not var producing = ProduceAsync(channel.Writer)
    private bool IsWaitedFor(IOperation call)
    {
        if (call is not IInvocationOperation || !_guard.Awaitables.IsAwaitable(call.Type)) return call is IInvocationOperation;
        return Unwrapped.AwaitAround(call) is not null;
    }

    private bool TakesItsTime(IInvocationOperation take)
    {
        for (var parent = take.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not ILoopOperation loop) continue;
            foreach (var operation in loop.Body.Descendants())
            {
                if (operation is IAwaitOperation awaited && !IsTake(awaited)) return true;

                // foreach (var item in queue.GetConsumingEnumerable()) Save(item);
                if (operation is IInvocationOperation work && loop is IForEachLoopOperation { IsAsynchronous: false }
                    && _guard.Apis.Has(work.TargetMethod, ApiTraits.Blocks))
                    return true;
            }
        }

        return false;
    }

    private bool IsTake(IAwaitOperation awaited) =>
        Unwrapped.Awaited(awaited.Operation) is IInvocationOperation { TargetMethod: var method }
        && _guard.Apis.Has(method, ApiTraits.Takes | ApiTraits.Endless);
}

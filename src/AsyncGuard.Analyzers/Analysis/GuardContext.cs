using System;
using System.Runtime.CompilerServices;
using System.Threading;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analysis;

/// <summary>What all rules and fixes share while they look at one compilation. It lives as long as the compilation does.</summary>
internal sealed class GuardContext
{
    /// <summary>There are about a dozen engines.</summary>
    private const int MostEngines = 32;

    private static readonly ConditionalWeakTable<Compilation, GuardContext> Contexts = new();
    private static int s_slots;

    private readonly object?[] _engines = new object?[MostEngines];
    private readonly Lazy<object>?[] _made = new Lazy<object>?[MostEngines];

    private GuardContext(Compilation compilation, AnalyzerOptions? options)
    {
        Compilation = compilation;
        Types = new KnownTypes(compilation);
        Apis = new ApiCatalog(options is null ? ApiTable.BuiltIn : UserCatalog.TableFor(options.AdditionalFiles));
        Options = new GuardOptions(compilation, options);
        Awaitables = new AwaitableTypes(Types);
        Tokens = new TokenTypes(Types);
        Cancellations = new Cancellations(Types);
    }

    public Compilation Compilation { get; }

    public KnownTypes Types { get; }

    public ApiCatalog Apis { get; }

    public GuardOptions Options { get; }

    public AwaitableTypes Awaitables { get; }

    public TokenTypes Tokens { get; }

    public Cancellations Cancellations { get; }

    /// <summary>Whether the member is declared in this compilation, so that its body can be read.</summary>
    public bool IsOurs(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, Compilation.Assembly);

    /// <summary>A number for one more engine.</summary>
    public static int NextSlot() => Interlocked.Increment(ref s_slots) - 1;

    /// <summary>The engine with the number, created on first use; other threads wait while it is being created.</summary>
    public object EngineIn<T>(int slot, Func<GuardContext, T> create)
        where T : class =>
        Volatile.Read(ref _engines[slot]) ?? Make(slot, create);

    // Apart from the above: what the lambda captures would be allocated there at each call.
    private object Make<T>(int slot, Func<GuardContext, T> create)
        where T : class
    {
        Interlocked.CompareExchange(ref _made[slot], new Lazy<object>(() => create(this), LazyThreadSafetyMode.ExecutionAndPublication),
            null);
        var made = _made[slot]!.Value;
        Volatile.Write(ref _engines[slot], made);
        return made;
    }

    /// <summary>The context of a compilation that is being looked at.</summary>
    public static GuardContext? Known(Compilation compilation) => Contexts.TryGetValue(compilation, out var known) ? known : null;

    public static GuardContext For(Compilation compilation, AnalyzerOptions? options = null) =>
        Contexts.TryGetValue(compilation, out var known) ? known
        : Contexts.GetValue(compilation, created => new GuardContext(created, options));
}

using System.Runtime.CompilerServices;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Cpu;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Analysis;

/// <summary>What all rules and fixes share while they look at one compilation. It lives as long as the compilation does.</summary>
internal sealed class GuardContext
{
    private static readonly ConditionalWeakTable<Compilation, GuardContext> Contexts = new();

    private GuardContext(Compilation compilation, AnalyzerOptions? options)
    {
        Compilation = compilation;
        Types = new KnownTypes(compilation);
        Apis = new ApiCatalog(options is null ? ApiTable.BuiltIn : UserCatalog.TableFor(options.AdditionalFiles));
        Options = new GuardOptions(compilation, options);
        Awaitables = new AwaitableTypes(Types);
        Counterparts = new AwaitableCounterparts(this);
        AsyncMembers = new AsyncMembers(this);
        Tokens = new TokenScope(this);
        Effects = new BlockingEffects(this);
        CpuWork = new CpuWork(this);
        CancellableCalls = new CancellableCalls(this);
        Cancellations = new Cancellations(Types);
    }

    public Compilation Compilation { get; }

    public KnownTypes Types { get; }

    public ApiCatalog Apis { get; }

    public GuardOptions Options { get; }

    public AwaitableTypes Awaitables { get; }

    public AwaitableCounterparts Counterparts { get; }

    public AsyncMembers AsyncMembers { get; }

    public TokenScope Tokens { get; }

    public BlockingEffects Effects { get; }

    public CpuWork CpuWork { get; }

    public CancellableCalls CancellableCalls { get; }

    public Cancellations Cancellations { get; }

    public static GuardContext For(Compilation compilation, AnalyzerOptions? options = null) =>
        Contexts.TryGetValue(compilation, out var known) ? known : Contexts.GetValue(compilation, created => new GuardContext(created, options));
}

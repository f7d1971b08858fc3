using System;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Catalog;

/// <summary>
/// The types that rules ask for by name, looked up once per compilation. A type that does not exist is null, and stays so.
/// </summary>
internal sealed class KnownTypes(Compilation compilation)
{
    private static readonly string[] CallbackAttributes =
    [
        "System.Diagnostics.ConditionalAttribute",
        "System.Runtime.CompilerServices.ModuleInitializerAttribute",
        "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute",
        "System.Runtime.Serialization.OnDeserializedAttribute",
        "System.Runtime.Serialization.OnDeserializingAttribute",
        "System.Runtime.Serialization.OnSerializedAttribute",
        "System.Runtime.Serialization.OnSerializingAttribute",
    ];

    private static readonly string[] PostAttributes =
    [
        "Microsoft.AspNetCore.Mvc.HttpPostAttribute",
        "Microsoft.AspNetCore.Mvc.HttpPutAttribute",
        "Microsoft.AspNetCore.Mvc.HttpPatchAttribute",
    ];

    private static readonly string[] FaultsOfCallers =
    [
        "System.ArgumentException",
        "System.ObjectDisposedException",
        "System.NotSupportedException",
        "System.NotImplementedException",
        "System.Diagnostics.UnreachableException",
    ];

    private static readonly string[] Events =
    [
        "System.Threading.EventWaitHandle",
        "System.Threading.ManualResetEventSlim",
        "System.Threading.CountdownEvent",
    ];

    private static readonly string[] AsyncSequences =
    [
        "System.Collections.Generic.IAsyncEnumerable`1",
        "System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1",
    ];

    private static readonly string[] Calculations = ["System.Math", "System.MathF", "System.Tuple"];

    private static readonly string[] Timers = ["System.Threading.Timer", "System.Timers.Timer"];

    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> _known = new();
    private readonly MissingTypes _missing = MissingTypes.Of(compilation);

    public INamedTypeSymbol? Task => Get("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT => Get("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask => Get("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT => Get("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? TaskContinuationOptions => Get("System.Threading.Tasks.TaskContinuationOptions");
    public INamedTypeSymbol? TaskCompletionSource => Get("System.Threading.Tasks.TaskCompletionSource");
    public INamedTypeSymbol? TaskCompletionSourceOfT => Get("System.Threading.Tasks.TaskCompletionSource`1");
    public INamedTypeSymbol? TaskCreationOptions => Get("System.Threading.Tasks.TaskCreationOptions");
    public INamedTypeSymbol? Uri => Get("System.Uri");
    public INamedTypeSymbol? TimerCallback => Get("System.Threading.TimerCallback");
    public INamedTypeSymbol? AsyncCallback => Get("System.AsyncCallback");
    public INamedTypeSymbol? Console => Get("System.Console");
    public INamedTypeSymbol? Process => Get("System.Diagnostics.Process");
    public INamedTypeSymbol? FileShare => Get("System.IO.FileShare");
    public INamedTypeSymbol? TextReader => Get("System.IO.TextReader");
    public INamedTypeSymbol? TextWriter => Get("System.IO.TextWriter");
    public INamedTypeSymbol? SemaphoreSlim => Get("System.Threading.SemaphoreSlim");
    public INamedTypeSymbol? ZipArchive => Get("System.IO.Compression.ZipArchive");
    public INamedTypeSymbol? ZipArchiveEntry => Get("System.IO.Compression.ZipArchiveEntry");
    public INamedTypeSymbol? ComponentBase => Get("Microsoft.AspNetCore.Components.ComponentBase");
    public INamedTypeSymbol? SearchOption => Get("System.IO.SearchOption");
    public INamedTypeSymbol? BlockingCollectionOfT => Get("System.Collections.Concurrent.BlockingCollection`1");
    public INamedTypeSymbol? AsyncEnumeratorOfT => Get("System.Collections.Generic.IAsyncEnumerator`1");
    public INamedTypeSymbol? ConfiguredAsyncEnumerableOfT => Get("System.Runtime.CompilerServices.ConfiguredCancelableAsyncEnumerable`1");
    public INamedTypeSymbol? TaskAsyncEnumerableExtensions => Get("System.Threading.Tasks.TaskAsyncEnumerableExtensions");
    public INamedTypeSymbol? NotifyCompletion => Get("System.Runtime.CompilerServices.INotifyCompletion");
    public INamedTypeSymbol? AsyncMethodBuilderAttribute => Get("System.Runtime.CompilerServices.AsyncMethodBuilderAttribute");
    public INamedTypeSymbol? AsyncEnumerableOfT => Get("System.Collections.Generic.IAsyncEnumerable`1");
    public INamedTypeSymbol? CancellationToken => Get("System.Threading.CancellationToken");
    public INamedTypeSymbol? CancellationTokenSource => Get("System.Threading.CancellationTokenSource");
    public INamedTypeSymbol? CancellationTokenRegistration => Get("System.Threading.CancellationTokenRegistration");
    public INamedTypeSymbol? HostApplicationLifetime => Get("Microsoft.Extensions.Hosting.IHostApplicationLifetime");
    public INamedTypeSymbol? HostedService => Get("Microsoft.Extensions.Hosting.IHostedService");
    public INamedTypeSymbol? ControllerBase => Get("Microsoft.AspNetCore.Mvc.ControllerBase");
    public INamedTypeSymbol? TimeProviderTaskExtensions => Get("System.Threading.Tasks.TimeProviderTaskExtensions");
    public INamedTypeSymbol? CriticalNotifyCompletion => Get("System.Runtime.CompilerServices.ICriticalNotifyCompletion");
    public INamedTypeSymbol? ThreadStaticAttribute => Get("System.ThreadStaticAttribute");
    public INamedTypeSymbol? ThreadLocalOfT => Get("System.Threading.ThreadLocal`1");
    public INamedTypeSymbol? AsyncLocalOfT => Get("System.Threading.AsyncLocal`1");
    public INamedTypeSymbol? ChannelWriterOfT => Get("System.Threading.Channels.ChannelWriter`1");
    public INamedTypeSymbol? WebSocket => Get("System.Net.WebSockets.WebSocket");
    public INamedTypeSymbol? HttpContent => Get("System.Net.Http.HttpContent");
    public INamedTypeSymbol? HttpContentJsonExtensions => Get("System.Net.Http.Json.HttpContentJsonExtensions");
    public INamedTypeSymbol? JsonSerializer => Get("System.Text.Json.JsonSerializer");
    public INamedTypeSymbol? JsonSerializerOptions => Get("System.Text.Json.JsonSerializerOptions");
    public INamedTypeSymbol? Exception => Get("System.Exception");
    public INamedTypeSymbol? OperationCanceledException => Get("System.OperationCanceledException");
    public INamedTypeSymbol? TaskCanceledException => Get("System.Threading.Tasks.TaskCanceledException");
    public INamedTypeSymbol? DoesNotReturnAttribute => Get("System.Diagnostics.CodeAnalysis.DoesNotReturnAttribute");
    public INamedTypeSymbol? EnumeratorCancellationAttribute => Get("System.Runtime.CompilerServices.EnumeratorCancellationAttribute");
    public INamedTypeSymbol? BackgroundService => Get("Microsoft.Extensions.Hosting.BackgroundService");
    public INamedTypeSymbol? ObsoleteAttribute => Get("System.ObsoleteAttribute");

    public INamedTypeSymbol? ExperimentalAttribute => Get("System.Diagnostics.CodeAnalysis.ExperimentalAttribute");
    public INamedTypeSymbol? TimeoutException => Get("System.TimeoutException");
    public INamedTypeSymbol? TimeSpan => Get("System.TimeSpan");
    public INamedTypeSymbol? HttpClient => Get("System.Net.Http.HttpClient");
    public INamedTypeSymbol? HttpMessageInvoker => Get("System.Net.Http.HttpMessageInvoker");
    public INamedTypeSymbol? HttpMessageHandler => Get("System.Net.Http.HttpMessageHandler");
    public INamedTypeSymbol? HttpClientHandler => Get("System.Net.Http.HttpClientHandler");
    public INamedTypeSymbol? SocketsHttpHandler => Get("System.Net.Http.SocketsHttpHandler");
    public INamedTypeSymbol? DelegatingHandler => Get("System.Net.Http.DelegatingHandler");
    public INamedTypeSymbol? HttpClientFactory => Get("System.Net.Http.IHttpClientFactory");
    public INamedTypeSymbol? AggregateException => Get("System.AggregateException");
    public INamedTypeSymbol? Disposable => Get("System.IDisposable");
    public INamedTypeSymbol? AsyncDisposable => Get("System.IAsyncDisposable");
    public INamedTypeSymbol? AsyncServiceScope => Get("Microsoft.Extensions.DependencyInjection.AsyncServiceScope");
    public INamedTypeSymbol? Stream => Get("System.IO.Stream");
    public INamedTypeSymbol? FileStream => Get("System.IO.FileStream");
    public INamedTypeSymbol? ServiceCollection => Get("Microsoft.Extensions.DependencyInjection.IServiceCollection");
    public INamedTypeSymbol? Queryable => Get("System.Linq.IQueryable");
    public INamedTypeSymbol? KeyValuePair => Get("System.Collections.Generic.KeyValuePair`2");
    public INamedTypeSymbol? Enumerable => Get("System.Linq.Enumerable");
    public INamedTypeSymbol? Regex => Get("System.Text.RegularExpressions.Regex");
    public INamedTypeSymbol? GeneratedRegexAttribute => Get("System.Text.RegularExpressions.GeneratedRegexAttribute");
    public INamedTypeSymbol? ListOfT => Get("System.Collections.Generic.List`1");
    public INamedTypeSymbol? LazyOfT => Get("System.Lazy`1");
    public INamedTypeSymbol? ExpressionOfT => Get("System.Linq.Expressions.Expression`1");
    public INamedTypeSymbol? TaskGroup => Get("AsyncGuard.TaskGroup");
    public INamedTypeSymbol? FuncOfTwo => Get("System.Func`2");
    public INamedTypeSymbol? Trace => Get("System.Diagnostics.Trace");
    public INamedTypeSymbol? TaskGroupScope => Get("AsyncGuard.TaskGroupScope");
    public INamedTypeSymbol? Shield => Get("AsyncGuard.Shield");
    public INamedTypeSymbol? EntityFrameworkQueryableExtensions => Get("Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions");
    public INamedTypeSymbol? HttpCompletionOption => Get("System.Net.Http.HttpCompletionOption");
    public INamedTypeSymbol? HttpResponseMessage => Get("System.Net.Http.HttpResponseMessage");
    public INamedTypeSymbol? ConcurrentDictionary => Get("System.Collections.Concurrent.ConcurrentDictionary`2");
    public INamedTypeSymbol? DbConnection => Get("System.Data.Common.DbConnection");
    public INamedTypeSymbol? DbContextFactory => Get("Microsoft.EntityFrameworkCore.IDbContextFactory`1");
    public INamedTypeSymbol? TransactionScope => Get("System.Transactions.TransactionScope");
    public INamedTypeSymbol? TransactionScopeAsyncFlowOption => Get("System.Transactions.TransactionScopeAsyncFlowOption");
    public INamedTypeSymbol? TaskGroupOptions => Get("AsyncGuard.TaskGroupOptions");
    public INamedTypeSymbol? Parallel => Get("System.Threading.Tasks.Parallel");
    public INamedTypeSymbol? Environment => Get("System.Environment");
    public INamedTypeSymbol? FromBodyMetadata => Get("Microsoft.AspNetCore.Http.Metadata.IFromBodyMetadata");
    public INamedTypeSymbol? ApiControllerAttribute => Get("Microsoft.AspNetCore.Mvc.ApiControllerAttribute");
    public INamedTypeSymbol? BindingSourceMetadata => Get("Microsoft.AspNetCore.Mvc.ModelBinding.IBindingSourceMetadata");
    public INamedTypeSymbol? EndpointRouteBuilderExtensions => Get("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
    public INamedTypeSymbol? BackgroundTaskGroup => Get("AsyncGuard.BackgroundTaskGroup");
    public INamedTypeSymbol? Volatile => Get("System.Threading.Volatile");
    public INamedTypeSymbol? Interlocked => Get("System.Threading.Interlocked");
    public INamedTypeSymbol? MemoryStream => Get("System.IO.MemoryStream");
    public INamedTypeSymbol? PipeWriter => Get("System.IO.Pipelines.PipeWriter");
    public INamedTypeSymbol? BufferWriterOfT => Get("System.Buffers.IBufferWriter`1");
    public INamedTypeSymbol? HttpContext => Get("Microsoft.AspNetCore.Http.HttpContext");
    public INamedTypeSymbol? HubCallerContext => Get("Microsoft.AspNetCore.SignalR.HubCallerContext");
    public INamedTypeSymbol? BindServiceMethodAttribute => Get("Grpc.Core.BindServiceMethodAttribute");

    public bool IsParallel(INamedTypeSymbol type) =>
        type.Name == "Parallel" && SymbolEqualityComparer.Default.Equals(type, Get("System.Threading.Tasks.Parallel"));

    public bool IsTaskGroup(ITypeSymbol? type) => type is { Name: "TaskGroup" } && SymbolEqualityComparer.Default.Equals(type, TaskGroup);

    /// <summary>Whether the type starts children and waits for them: <c>TaskGroup</c>, its scope, <c>BackgroundTaskGroup</c>.</summary>
    public bool IsAnyGroup(ITypeSymbol? type) =>
        IsTaskGroup(type)
        || (type is { Name: "TaskGroupScope" } && SymbolEqualityComparer.Default.Equals(type, TaskGroupScope))
        || (type is { Name: "BackgroundTaskGroup" } && SymbolEqualityComparer.Default.Equals(type, BackgroundTaskGroup));

    public bool IsBackgroundGroup(ITypeSymbol? type) =>
        type is { Name: "BackgroundTaskGroup" } && SymbolEqualityComparer.Default.Equals(type, BackgroundTaskGroup);

    public bool IsLazy(ITypeSymbol? type) =>
        type is { Name: "Lazy" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, LazyOfT);

    /// <summary>Whether the collection is made for several threads: one of <c>System.Collections.Concurrent</c>.</summary>
    public static bool IsConcurrentCollection(ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "Concurrent", ContainingNamespace: { Name: "Collections", ContainingNamespace.Name: "System" } };

    public bool IsAsyncLocal(ITypeSymbol? type) =>
        type is { Name: "AsyncLocal" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, AsyncLocalOfT);

    /// <summary>Whether a lambda that is converted to the type is data, not code that runs.</summary>
    public bool IsExpressionTree(ITypeSymbol? type) =>
        type is { Name: "Expression" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, ExpressionOfT);

    public bool IsCompletionSource(ITypeSymbol? type) =>
        type is { Name: "TaskCompletionSource" }
        && (SymbolEqualityComparer.Default.Equals(type, TaskCompletionSource)
        || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, TaskCompletionSourceOfT));

    public bool IsValueTask(ITypeSymbol? type) =>
        type is { Name: "ValueTask" }
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, ValueTask)
        || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, ValueTaskOfT));

    /// <summary>Whether the type is <c>Task</c> or <c>Task&lt;T&gt;</c> itself.</summary>
    public bool IsExactTask(ITypeSymbol? type) =>
        type is { Name: "Task" }
        && (SymbolEqualityComparer.Default.Equals(type, Task) || SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, TaskOfT));

    public bool IsToken(ITypeSymbol? type) =>
        type is { Name: "CancellationToken" } && SymbolEqualityComparer.Default.Equals(type, CancellationToken);

    public bool IsTokenSource(ITypeSymbol? type) =>
        type is { Name: "CancellationTokenSource" } && SymbolEqualityComparer.Default.Equals(type, CancellationTokenSource);

    /// <summary>Whether the exception is one of the two that say that work was cancelled.</summary>
    public bool IsCancellation(ITypeSymbol? type) =>
        type is { Name: "OperationCanceledException" or "TaskCanceledException" }
        && (SymbolEqualityComparer.Default.Equals(type, OperationCanceledException)
        || SymbolEqualityComparer.Default.Equals(type, TaskCanceledException));

    public bool IsTimeSpan(ITypeSymbol? type) =>
        type is { Name: "TimeSpan" } && SymbolEqualityComparer.Default.Equals(type, TimeSpan);

    public bool IsListOfT(INamedTypeSymbol type) =>
        type.Name == "List" && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, Get("System.Collections.Generic.List`1"));

    /// <summary>Whether threads wait for the type until others set it, its base classes apart.</summary>
    public bool IsEvent(ITypeSymbol? type) => IsOneOf(type, Events);

    /// <summary>Whether the type is a sequence that <c>await foreach</c> goes through.</summary>
    public bool IsAsyncSequence(ITypeSymbol? type) => IsOneOf(type?.OriginalDefinition, AsyncSequences);

    public bool IsOrderedSequence(ITypeSymbol type) =>
        type is { Name: "IOrderedEnumerable" }
        && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, Get("System.Linq.IOrderedEnumerable`1"));

    public bool IsTimer(ITypeSymbol? type) => IsOneOf(type, Timers);

    /// <summary>Whether the members of the static class only calculate.</summary>
    public bool IsCalculation(ITypeSymbol type) => IsOneOf(type, Calculations);

    public bool IsThread(ITypeSymbol? type) =>
        type is { Name: "Thread" } && SymbolEqualityComparer.Default.Equals(type, Get("System.Threading.Thread"));

    public bool IsAsyncResult(ITypeSymbol? type) =>
        type is { Name: "IAsyncResult" } && SymbolEqualityComparer.Default.Equals(type, Get("System.IAsyncResult"));

    public bool IsKeyValuePair(ITypeSymbol? type) =>
        type is { Name: "KeyValuePair" } && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, KeyValuePair);

    /// <summary>Whether an action with the attribute takes a body: <c>[HttpPost]</c>, <c>[HttpPut]</c>, <c>[HttpPatch]</c>.</summary>
    public bool IsPostAttribute(INamedTypeSymbol? attribute) => IsOneOf(attribute, PostAttributes);

    /// <summary>Whether the exception says that the caller has made a mistake, or asks for what there is not.</summary>
    public bool IsFaultOfCaller(ITypeSymbol? exception) => IsOneOf(exception, FaultsOfCallers);

    /// <summary>Whether services come out of the type: a scope, or its provider.</summary>
    public bool IsServices(ITypeSymbol? type) =>
        type is { Name: "IServiceScope" or "AsyncServiceScope" or "IServiceProvider" }
        && (SymbolEqualityComparer.Default.Equals(type, Get("Microsoft.Extensions.DependencyInjection.IServiceScope"))
        || SymbolEqualityComparer.Default.Equals(type, AsyncServiceScope)
        || SymbolEqualityComparer.Default.Equals(type, Get("System.IServiceProvider")));

    public bool IsTaskFactory(INamedTypeSymbol type) =>
        type.Name == "TaskFactory"
        && (SymbolEqualityComparer.Default.Equals(type, Get("System.Threading.Tasks.TaskFactory"))
        || SymbolEqualityComparer.Default.Equals(type, Get("System.Threading.Tasks.TaskFactory`1")));

    /// <summary>
    /// Whether the attribute marks a method that has to return nothing for it: the runtime calls it, or calls of it may be left out.
    /// </summary>
    public bool IsCallbackAttribute(INamedTypeSymbol? attribute) => IsOneOf(attribute, CallbackAttributes);

    /// <summary>
    /// The type of this metadata name. Where several assemblies hold one, the compilation's own wins, else the first that is public.
    /// </summary>
    public INamedTypeSymbol? Get(string metadataName) =>
        _known.TryGetValue(metadataName, out var known) ? known : _known.GetOrAdd(metadataName, Find(metadataName));

    /// <summary>The type of this name in a documentation id, which does not tell a namespace from a type around it.</summary>
    public INamedTypeSymbol? Documented(string name)
    {
        if (Get(name) is { } type) return type;
        return NameAround(name) is { } nested ? Get(nested) : null;
    }

    // Dictionary`2+Enumerator; what is no namespace of types is asked for once, not once for each of them
    private string? NameAround(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot <= 0) return null;
        var outer = name.Substring(0, dot);
        if (Get(outer) is null && (NameAround(outer) is not { } nested || Get(outer = nested) is null)) return null;
        return outer + '+' + name.Substring(dot + 1);
    }

    private bool IsOneOf(ITypeSymbol? type, string[] metadataNames)
    {
        if (type is null) return false;
        foreach (var name in metadataNames)
        {
            if (name.EndsWith(type.MetadataName, StringComparison.Ordinal) && SymbolEqualityComparer.Default.Equals(type, Get(name)))
                return true;
        }

        return false;
    }

    private INamedTypeSymbol? Find(string metadataName)
    {
        if (_missing.Have(metadataName)) return compilation.Assembly.GetTypeByMetadataName(metadataName);
        INamedTypeSymbol? found = null;
        var isMissing = true;
        foreach (var type in compilation.GetTypesByMetadataName(metadataName))
        {
            if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)) return type;
            isMissing = false;
            if (type.DeclaredAccessibility == Accessibility.Public) found ??= type;
        }

        if (isMissing) _missing.Add(metadataName);
        return found;
    }
}

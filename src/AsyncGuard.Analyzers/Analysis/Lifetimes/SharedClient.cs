using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>A client that is made to be kept and shared, where it is made: an <c>HttpClient</c>, or what the catalog lists.</summary>
internal readonly struct SharedClient
{
    private const string Connects = "opens new connections every time and exhausts sockets under load";
    private const string SetsUp = "is set up anew every time";
    private const string Keep = "keep one and share it";

    private SharedClient(string name, string cost, string advice, bool isMadeForItself)
    {
        Name = name;
        Cost = cost;
        Advice = advice;
        IsMadeForItself = isMadeForItself;
    }

    public string Name { get; }

    /// <summary>What a new one per call costs.</summary>
    public string Cost { get; }

    public string Advice { get; }

    /// <summary>What holds its connections is made for it alone; nothing that is kept elsewhere is passed to it.</summary>
    public bool IsMadeForItself { get; }

    public static SharedClient? MadeBy(IOperation operation, GuardContext guard)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: INamedTypeSymbol type } creation:
                if (SymbolEqualityComparer.Default.Equals(type, guard.Types.HttpClient))
                    return new SharedClient(type.Name, Connects, AdviceForHttp(guard), HandlerLifetime.EndsWithTheClient(creation, guard));
                if (guard.Apis.TypeHas(type, ApiTraits.HoldsConnections))
                    return new SharedClient(type.Name, Connects, Keep, !IsGivenTransport(creation.Arguments, guard));
                return guard.Apis.TypeHas(type, ApiTraits.HoldsSetup)
                    ? new SharedClient(type.Name, SetsUp, Keep, !IsGivenTransport(creation.Arguments, guard)) : null;

            // GrpcChannel.ForAddress(address), ConnectionMultiplexer.ConnectAsync("server")
            // builder.WithClientSecret("secret").Build()
            case IInvocationOperation { TargetMethod: var maker, Arguments: var arguments }
                when guard.Apis.Find(maker, ApiTraits.HoldsConnections | ApiTraits.HoldsSetup, out var entry):
                var made = guard.Awaitables.ResultOf(maker.ReturnType) ?? maker.ReturnType;
                var cost = entry.Has(ApiTraits.HoldsConnections) ? Connects : SetsUp;
                return new SharedClient(made.Name, cost, Keep, !IsGivenTransport(arguments, guard));
            default:
                return null;
        }
    }

    private static string AdviceForHttp(GuardContext guard) => guard.Types.HttpClientFactory is null
        ? "keep one and share it, with 'SocketsHttpHandler.PooledConnectionLifetime' set so that it follows DNS"
        : "take one from 'IHttpClientFactory', or keep one and share it";

    // new RestClient(httpClient), GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler })
    private static bool IsGivenTransport(ImmutableArray<IArgumentOperation> arguments, GuardContext guard)
    {
        foreach (var argument in arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue) continue;
            foreach (var operation in argument.Value.DescendantsAndSelf())
            {
                if (operation is not IObjectCreationOperation && IsTransport(operation.Type, guard)) return true;
            }
        }

        return false;
    }

    private static bool IsTransport(ITypeSymbol? type, GuardContext guard)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.HttpMessageInvoker)
                || SymbolEqualityComparer.Default.Equals(current, guard.Types.HttpMessageHandler))
                return true;
        }

        return false;
    }
}

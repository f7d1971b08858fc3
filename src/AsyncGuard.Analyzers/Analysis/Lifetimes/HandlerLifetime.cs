using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>Whether the handler of an <c>HttpClient</c>, which holds its connections, is as short-lived as the client and could be shared as well.</summary>
internal static class HandlerLifetime
{
    /// <summary>Whether every handler that the client is given is made for it alone. What is not known to be is taken for kept elsewhere.</summary>
    public static bool EndsWithTheClient(IObjectCreationOperation client, GuardContext guard)
    {
        foreach (var argument in client.Arguments)
        {
            // new HttpClient(handler, disposeHandler: false)
            if (argument.Value.Type?.SpecialType == SpecialType.System_Boolean)
            {
                if (argument.Value.ConstantValue is not { HasValue: true, Value: true }) return false;
            }
            else if (!IsMadeHere(argument.Value, guard))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMadeHere(IOperation handler, GuardContext guard)
    {
        handler = Unwrapped.Conversions(handler);
        return handler switch
        {
            IObjectCreationOperation creation => IsPlain(creation, guard),
            ILocalReferenceOperation local => IsPlainLocal(local, guard),
            _ => false,
        };
    }

    // new HttpClientHandler(), new HttpClientHandler { AllowAutoRedirect = false }, new RetryHandler(new HttpClientHandler())
    private static bool IsPlain(IObjectCreationOperation creation, GuardContext guard)
    {
        if (!IsConstant(creation.Initializer)) return false;
        if (creation.Arguments.IsEmpty) return SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.HttpClientHandler) || SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.SocketsHttpHandler);
        foreach (var argument in creation.Arguments)
        {
            if (!IsMadeHere(argument.Value, guard)) return false;
        }

        return SymbolEqualityComparer.Default.Equals(creation.Type?.BaseType, guard.Types.DelegatingHandler);
    }

    // Credentials, certificates, cookies and proxies belong to the one who calls.
    private static bool IsConstant(IObjectOrCollectionInitializerOperation? initializer)
    {
        if (initializer is null) return true;
        foreach (var setting in initializer.Initializers)
        {
            if (setting is not ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true }) return false;
        }

        return true;
    }

    // var handler = new HttpClientHandler(); handler.UseCookies = false; new HttpClient(handler)
    private static bool IsPlainLocal(ILocalReferenceOperation use, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(use);
        var isMadeHere = false;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, use.Local):
                    isMadeHere = declarator.Initializer is { Value: var initial } && IsMadeHere(initial, guard);
                    break;

                case ILocalReferenceOperation other when SymbolEqualityComparer.Default.Equals(other.Local, use.Local) && !ReferenceEquals(other, use) && !IsHarmless(other):
                    return false;
            }
        }

        return isMadeHere;
    }

    // handler.UseCookies = false, handler.Dispose(), using (handler)
    private static bool IsHarmless(ILocalReferenceOperation handler) => handler.Parent switch
    {
        IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true } } => true,
        IInvocationOperation { TargetMethod.Name: "Dispose" } => true,
        IUsingOperation => true,
        _ => false,
    };
}

using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Whether the handler of an <c>HttpClient</c>, which holds its connections, is as short-lived as the client and could be shared as well.
/// </summary>
internal static class HandlerLifetime
{
    /// <summary>
    /// Whether every handler that the client receives is made for it alone. A handler that is not known to be counts as kept elsewhere.
    /// </summary>
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
            IInvocationOperation { IsVirtual: false, TargetMethod: var method } =>
                guard.IsOurs(method) && IsMadeBy(method.OriginalDefinition, guard),
            _ => false,
        };
    }

    // new HttpClientHandler(), new HttpClientHandler { AllowAutoRedirect = false }, new RetryHandler(new HttpClientHandler())
    private static bool IsPlain(IObjectCreationOperation creation, GuardContext guard)
    {
        if (!IsConstant(creation.Initializer)) return false;
        if (creation.Arguments.IsEmpty) return IsHandlerOfConnections(creation.Type, guard);
        foreach (var argument in creation.Arguments)
        {
            if (!IsMadeHere(argument.Value, guard)) return false;
        }

        return SymbolEqualityComparer.Default.Equals(creation.Type?.BaseType, guard.Types.DelegatingHandler);
    }

    // HttpClientHandler, SocketsHttpHandler and those derived from them
    private static bool IsHandlerOfConnections(ITypeSymbol? type, GuardContext guard)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.HttpClientHandler)
                || SymbolEqualityComparer.Default.Equals(current, guard.Types.SocketsHttpHandler))
                return true;
        }

        return false;
    }

    // HttpMessageHandler Make() => new HttpClientHandler();
    private static bool IsMadeBy(IMethodSymbol method, GuardContext guard)
    {
        var isMade = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } value }) continue;
                if (Unwrapped.Conversions(value) is not IObjectCreationOperation creation || !IsPlain(creation, guard)) return false;
                isMade = true;
            }
        }

        return isMade;
    }

    // Credentials, certificates, cookies and proxies belong to the caller.
    private static bool IsConstant(IObjectOrCollectionInitializerOperation? initializer)
    {
        if (initializer is null) return true;
        foreach (var setting in initializer.Initializers)
        {
            if (setting is not ISimpleAssignmentOperation { Value: var value } || !IsForAll(value)) return false;
        }

        return true;
    }

    // A constant, and a callback that knows nothing of the call: (_, _, _, errors) => errors == SslPolicyErrors.None
    private static bool IsForAll(IOperation value)
    {
        if (value.ConstantValue.HasValue) return true;
        return Unwrapped.Delegate(value) switch
        {
            IPropertyReferenceOperation { Instance: null, Type.TypeKind: TypeKind.Delegate } => true,
            IMethodReferenceOperation { Instance: null } => true,
            IAnonymousFunctionOperation callback => !Captures(callback),
            _ => false,
        };
    }

    private static bool Captures(IAnonymousFunctionOperation callback)
    {
        foreach (var operation in callback.Descendants())
        {
            ISymbol? used = null;
            switch (operation)
            {
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                    return true;
                case ILocalReferenceOperation { Local: var local }:
                    used = local;
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    used = parameter;
                    break;
            }

            if (used is not null && !SymbolEqualityComparer.Default.Equals(used.ContainingSymbol, callback.Symbol)) return true;
        }

        return false;
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
                    isMadeHere = declarator.Initializer is { Value: var initial }
                        && (IsMadeHere(initial, guard) || (IsReturned(initial) && IsDisposed(use.Local, root)));
                    break;

                case ILocalReferenceOperation other
                    when SymbolEqualityComparer.Default.Equals(other.Local, use.Local) && !ReferenceEquals(other, use)
                    && !IsHarmless(other):
                    return false;
            }
        }

        return isMadeHere;
    }

    // using (var handler = Make()): whatever it is, it ends here
    private static bool IsReturned(IOperation value) => Unwrapped.Conversions(value) is IInvocationOperation;

    private static bool IsDisposed(ILocalSymbol handler, IOperation root)
    {
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IUsingOperation { Resources: var resources }
                    when resources is IVariableDeclarationGroupOperation group && Declares(group, handler):
                case IUsingDeclarationOperation { DeclarationGroup: var declared } when Declares(declared, handler):
                case IInvocationOperation
                {
                    TargetMethod.Name: WellKnownMember.Dispose,
                    Instance: ILocalReferenceOperation { Local: var disposed }
                }
                    when SymbolEqualityComparer.Default.Equals(disposed, handler):
                    return true;
            }
        }

        return false;
    }

    private static bool Declares(IVariableDeclarationGroupOperation group, ILocalSymbol local)
    {
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators)
            {
                if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, local)) return true;
            }
        }

        return false;
    }

    // handler.UseCookies = false, handler.Dispose(), using (handler)
    private static bool IsHarmless(ILocalReferenceOperation handler) => handler.Parent switch
    {
        IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Value: var value } } => IsForAll(value),
        IInvocationOperation { TargetMethod.Name: WellKnownMember.Dispose } => true,
        IUsingOperation => true,
        _ => false,
    };
}

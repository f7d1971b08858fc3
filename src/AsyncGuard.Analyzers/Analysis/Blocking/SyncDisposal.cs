using AsyncGuard.Analysis.Blocking.Twins;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>Whether disposing a value synchronously does on this thread what <c>DisposeAsync</c> would not hold it for.</summary>
internal static class SyncDisposal
{
    public static bool Is(IOperation? value, ITypeSymbol? type, GuardContext guard)
    {
        if (type is ITypeParameterSymbol parameter) return IsConstrainedTo(parameter, guard);
        if (type is not INamedTypeSymbol named || guard.Types.AsyncDisposable is not { } contract) return false;
        if (IsScope(value, guard)) return !ScopeServices.RunInPlace(value!, guard);
        if (!named.Implements(contract) || !named.Implements(guard.Types.Disposable)) return false;
        if (InMemory.Is(value, guard) || ReadOnlyObject.Is(value, guard)
            || guard.Apis.TypeHas(named, ApiTraits.InMemory) || IsDiscouraged(named, guard)
            || (guard.Apis.TypeHas(named, ApiTraits.NoTwin) && !RequestedTwins.Are(value, guard))
            || EntityFramework.Of(guard).RunsInPlace(named))
            return false;

        // A variable of type Stream may hold any.
        if (SymbolEqualityComparer.Default.Equals(named, guard.Types.Stream)) return true;
        return DisposeAsyncOf(named, contract) is not { } method
            || !(IsBaseOnly(method, guard) || OnlyDisposes(method) || EndsAtOnce(method)
            || IsBypassing(named, method.ContainingType));
    }

    /// <summary>
    /// <c>provider.CreateScope()</c>, whose services are disposed with it, asynchronously only by <c>CreateAsyncScope</c>.
    /// </summary>
    public static bool IsScope(IOperation? value, GuardContext guard) =>
        value is not null && Unwrapped.ImplicitConversions(value) is IInvocationOperation call
        && guard.Apis.Has(call.TargetMethod, ApiTraits.MakesScope) && guard.Types.AsyncServiceScope is not null;

    /// <summary>Whether the method is the other name of <c>Dispose</c>: <c>stream.Close()</c>, <c>writer.Close()</c>.</summary>
    public static bool IsClose(IMethodSymbol method, GuardContext guard) =>
        ConventionalNames.Closes(method.Name) && method.ContainingType is { } type && FrameworkNamespaces.IsInputOutput(type)
        && FrameworkAssemblies.Have(type.ContainingAssembly.Name) && type.Implements(guard.Types.AsyncDisposable);

    /// <summary>
    /// <c>process.StandardInput</c>, also behind <c>StreamWriter Input => _process.StandardInput</c>: the process is to see that there
    /// is no more.
    /// </summary>
    public static bool IsOfProcess(IOperation? receiver, GuardContext guard) =>
        receiver is IPropertyReferenceOperation { Property: var property }
        && (SymbolEqualityComparer.Default.Equals(property.ContainingType, guard.Types.Process)
        || (property.GetMethod is { } getter && guard.IsOurs(getter) && GivesInputOfProcess(getter, guard)));

    private static bool GivesInputOfProcess(IMethodSymbol getter, GuardContext guard)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(getter))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is IReturnOperation { ReturnedValue: { } returned }
                    && Unwrapped.Conversions(returned) is IPropertyReferenceOperation { Property.ContainingType: var owner }
                    && SymbolEqualityComparer.Default.Equals(owner, guard.Types.Process))
                    return true;
            }
        }

        return false;
    }

    // where T : IDisposable, IAsyncDisposable
    private static bool IsConstrainedTo(ITypeParameterSymbol parameter, GuardContext guard)
    {
        bool isAsynchronous = false, isSynchronous = false;
        foreach (var constraint in parameter.ConstraintTypes)
        {
            if (constraint is not INamedTypeSymbol { TypeKind: TypeKind.Interface } contract) continue;
            isAsynchronous |= guard.Types.AsyncDisposable is { } required && contract.Implements(required);
            isSynchronous |= contract.Implements(guard.Types.Disposable);
        }

        return isAsynchronous && isSynchronous;
    }

    // using var registration = token.Register(…): Dispose does something else there, and at once
    private static bool IsDiscouraged(INamedTypeSymbol type, GuardContext guard)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMember.Dispose))
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true })
                    return guard.Apis.EntryOf(member)?.Has(ApiTraits.NoTwin | ApiTraits.Completes) == true;
            }
        }

        return false;
    }

    private static IMethodSymbol? DisposeAsyncOf(INamedTypeSymbol type, INamedTypeSymbol contract)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMember.DisposeAsync))
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false } method) return method;
            }
        }

        foreach (var member in contract.GetMembers(WellKnownMember.DisposeAsync))
        {
            if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol explicitly) return explicitly;
        }

        return null;
    }

    // class Raw : Stream, without an override
    private static bool IsBaseOnly(IMethodSymbol method, GuardContext guard) =>
        !method.IsOverride && guard.Apis.Has(method, ApiTraits.DisposesInPlace);

    // class Rows : Store { public override void Dispose() { … } }, where Store.DisposeAsync() would do only what it did without Rows
    private static bool IsBypassing(INamedTypeSymbol type, INamedTypeSymbol asynchronous)
    {
        for (INamedTypeSymbol? current = type; current is not null && !SymbolEqualityComparer.Default.Equals(current, asynchronous);
            current = current.BaseType)
        {
            if (!current.GetMembers(ConventionalNames.DisposeAsyncCore).IsEmpty) return false;
            foreach (var member in current.GetMembers(WellKnownMember.Dispose))
            {
                if (member is IMethodSymbol { IsOverride: true }) return true;
            }
        }

        return false;
    }

    // ValueTask DisposeAsync() { Dispose(); return default; }
    private static bool OnlyDisposes(IMethodSymbol method)
    {
        if (method.IsAsync || method.IsAbstract || method.DeclaringSyntaxReferences.Length != 1
            || method.DeclaringSyntaxReferences[0].GetSyntax() is not MethodDeclarationSyntax declaration)
            return false;
        foreach (var node in declaration.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax call && !ConventionalNames.OnlyDisposes(NameOf(call.Expression))) return false;
        }

        return true;
    }

    // ValueTask DisposeAsync() { Directory.Delete(_path, true); return ValueTask.CompletedTask; }
    private static bool EndsAtOnce(IMethodSymbol method)
    {
        if (method.IsAsync || method.DeclaringSyntaxReferences.Length != 1
            || method.DeclaringSyntaxReferences[0].GetSyntax() is not MethodDeclarationSyntax declaration)
            return false;
        if (declaration.ExpressionBody is { Expression: var value }) return IsComplete(value);
        var ends = false;
        foreach (var node in declaration.DescendantNodes(
            static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is not ReturnStatementSyntax { Expression: { } returned }) continue;
            if (!IsComplete(returned)) return false;
            ends = true;
        }

        return ends;
    }

    // default, default(ValueTask), new ValueTask(), new(), ValueTask.CompletedTask
    private static bool IsComplete(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax creation => creation.ArgumentList is null or { Arguments.Count: 0 },
        MemberAccessExpressionSyntax access => TaskMembers.CompletedTask.IsNamed(access.Name.Identifier.ValueText),
        _ => false,
    };

    private static string NameOf(ExpressionSyntax method) => method switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}

using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Finished;

/// <summary>
/// Code that may throw an <c>OperationCanceledException</c>, as far as that is known: code of the project and of libraries may, most of the
/// framework does not unless it receives a token, a task or code of others.
/// </summary>
internal static class CancellableCode
{
    public static bool Is(IOperation code, FixContext fix) => code.Descendants().Any(inner => MayCancel(inner, fix));

    private static bool MayCancel(IOperation operation, FixContext fix) => operation switch
    {
        IInvocationOperation call => IsForeign(call.TargetMethod, fix) || call.Arguments.Any(argument => IsForeign(argument.Value, fix)),
        IObjectCreationOperation { Constructor: { } constructor } made =>
            IsForeign(constructor, fix) || made.Arguments.Any(argument => IsForeign(argument.Value, fix)),
        IPropertyReferenceOperation property => IsForeign(property.Property, fix),
        IForEachLoopOperation loop => IsLazy(Unwrapped.Conversions(loop.Collection).Type),
        IConversionOperation { OperatorMethod: { } method } => IsForeign(method, fix),
        IBinaryOperation { OperatorMethod: { } method } => IsForeign(method, fix),
        IUnaryOperation { OperatorMethod: { } method } => IsForeign(method, fix),
        IThrowOperation thrown => Unwrapped.ConversionsOrNull(thrown.Exception)?.Type is not { } type || IsCancellation(type, fix),
        IEventAssignmentOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation => true,
        IFunctionPointerInvocationOperation => true,
        _ => false,
    };

    // throw failure; of a type that a cancellation may have
    private static bool IsCancellation(ITypeSymbol thrown, FixContext fix) =>
        fix.Guard.Cancellations.Catches(thrown) || !InFramework(thrown);

    private static bool IsForeign(ISymbol member, FixContext fix)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.DelegateInvoke } || member.ContainingType is not { } type) return true;
        if (member is IPropertySymbol property && IsAutomatic(property)) return false;
        return !InFramework(type) || ApiTypes.RunsCode.Is(type)
            || fix.Guard.Awaitables.IsTask(type) || fix.Guard.Awaitables.IsValueTask(type) || fix.Guard.Tokens.IsToken(type);
    }

    // A token, a task, a delegate that is not written here, a sequence that runs when it is read.
    private static bool IsForeign(IOperation given, FixContext fix)
    {
        given = Unwrapped.Conversions(given);
        return given.Type is { } type && (fix.Guard.Tokens.TakesToken(type) || IsLazy(type)
            || (type.TypeKind == TypeKind.Delegate && Unwrapped.Delegate(given) is not IAnonymousFunctionOperation));
    }

    private static bool IsLazy(ITypeSymbol? type) => type is null || ApiTypes.Deferred.Is(type);

    private static bool InFramework(ITypeSymbol type) =>
        type.ContainingAssembly is { Name: var assembly } && !type.Locations.Any(location => location.IsInSource)
        && FrameworkAssemblies.IsBase(assembly)
        && IsQuiet(type.ContainingNamespace);

    // What waits for others, for the network or for a lock may be cancelled without a token.
    private static bool IsQuiet(INamespaceSymbol space)
    {
        for (var current = space; current is not null && !current.IsGlobalNamespace; current = current.ContainingNamespace)
        {
            if (FrameworkNamespaces.IsBelowSystem(current) && !FrameworkNamespaces.IsQuiet(current.Name)) return false;
        }

        return true;
    }

    private static bool IsAutomatic(IPropertySymbol property) =>
        !property.IsVirtual && !property.IsAbstract && !property.IsOverride
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}

using System.Collections.Concurrent;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Analysis;

/// <summary>
/// Which types can be awaited, by the pattern that the language asks for: <c>GetAwaiter()</c>, <c>IsCompleted</c>, <c>GetResult()</c>.
/// </summary>
internal sealed class AwaitableTypes(KnownTypes types)
{
    private readonly ConcurrentDictionary<ITypeSymbol, ITypeSymbol?> _resultOf = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, bool> _holds = new(SymbolEqualityComparer.Default);

    public bool IsAwaitable(ITypeSymbol? type) => ResultOf(type) is not null;

    /// <summary>What awaiting a value of the type yields (void where it yields nothing), or null where it cannot be awaited.</summary>
    public ITypeSymbol? ResultOf(ITypeSymbol? type)
    {
        // The silent path: most types are none, and these tests cost nothing.
        if (type is null || type.SpecialType != SpecialType.None
            || type.TypeKind is TypeKind.Array or TypeKind.Enum or TypeKind.Delegate or TypeKind.Error or TypeKind.Dynamic
            or TypeKind.Pointer)
            return null;
        return _resultOf.TryGetValue(type, out var known) ? known : _resultOf.GetOrAdd(type, FindResult(type));
    }

    /// <summary>
    /// Whether the type is a collection or a tuple of awaitables: <c>List&lt;Task&gt;</c>, <c>Task&lt;int&gt;[]</c>,
    /// <c>Dictionary&lt;int, Task&gt;</c>, <c>(int, Task)</c>.
    /// </summary>
    public bool HoldsAwaitables(ITypeSymbol? type)
    {
        if (type is IArrayTypeSymbol array) return IsAwaitable(array.ElementType) || HoldsAwaitables(array.ElementType);
        if (type is not INamedTypeSymbol
            {
                SpecialType: SpecialType.None,
                TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface
            } named)
            return false;
        if (named.IsTupleType) return AnyAwaitable(named);
        return _holds.TryGetValue(named, out var known) ? known : _holds.GetOrAdd(named, FindHeld(named));
    }

    /// <summary>Whether the type is <c>Task</c> or <c>Task&lt;T&gt;</c>, or derives from them.</summary>
    public bool IsTask(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, types.Task)) return true;
        }

        return false;
    }

    public bool IsValueTask(ITypeSymbol? type) => types.IsValueTask(type);

    /// <summary>Whether the type is a <c>TaskCompletionSource</c>, with a result or without.</summary>
    public bool IsCompletionSource(ITypeSymbol? type) => types.IsCompletionSource(type);

    /// <summary>Whether a method that returns the type can be <c>async</c>: a task, a value task, or a type with its own builder.</summary>
    public bool CanBeAsyncReturn(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named) return false;
        var definition = named.OriginalDefinition;
        if (SymbolEqualityComparer.Default.Equals(definition, types.Task)
            || SymbolEqualityComparer.Default.Equals(definition, types.TaskOfT) || IsValueTask(definition))
            return true;
        foreach (var attribute in definition.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, types.AsyncMethodBuilderAttribute)) return true;
        }

        return false;
    }

    private bool FindHeld(INamedTypeSymbol type)
    {
        if (IsSequenceOfAwaitables(type)) return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (IsSequenceOfAwaitables(implemented)) return true;
        }

        return false;
    }

    // IEnumerable<Task>, IEnumerable<KeyValuePair<int, Task>>, IEnumerable<(int, Task)>
    private bool IsSequenceOfAwaitables(INamedTypeSymbol type) =>
        type is
        {
            OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T,
            TypeArguments: { Length: 1 } arguments
        }
        && (IsAwaitable(arguments[0])
            || (arguments[0] is INamedTypeSymbol { IsTupleType: true } tuple && AnyAwaitable(tuple))
            || (types.IsKeyValuePair(arguments[0]) && IsAwaitable(((INamedTypeSymbol)arguments[0]).TypeArguments[1])));

    private bool AnyAwaitable(INamedTypeSymbol tuple)
    {
        foreach (var argument in tuple.TypeArguments)
        {
            if (IsAwaitable(argument)) return true;
        }

        return false;
    }

    private ITypeSymbol? FindResult(ITypeSymbol type)
    {
        if (Member<IMethodSymbol>(type, WellKnownMember.GetAwaiter)
            is not { Parameters.Length: 0, IsGenericMethod: false, ReturnType: var awaiter })
            return null;
        if (Member<IPropertySymbol>(awaiter, WellKnownMember.IsCompleted)?.Type.SpecialType != SpecialType.System_Boolean) return null;
        if (Member<IMethodSymbol>(awaiter, WellKnownMember.GetResult) is not { Parameters.Length: 0 } getResult) return null;
        return Notifies(awaiter) ? getResult.ReturnType : null;
    }

    private static TMember? Member<TMember>(ITypeSymbol type, string name)
        where TMember : class, ISymbol
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is TMember
                    {
                        IsStatic: false,
                        DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
                    } found)
                    return found;
            }
        }

        if (type.TypeKind != TypeKind.Interface) return null;
        foreach (var inherited in type.AllInterfaces)
        {
            foreach (var member in inherited.GetMembers(name))
            {
                if (member is TMember { IsStatic: false } found) return found;
            }
        }

        return null;
    }

    private bool Notifies(ITypeSymbol awaiter)
    {
        foreach (var implemented in awaiter.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented, types.NotifyCompletion)) return true;
        }

        return false;
    }
}

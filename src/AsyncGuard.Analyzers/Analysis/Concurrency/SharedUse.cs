using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>
/// Asynchronous calls that work with an object which serves one operation at a time: a database context, a connection, a command.
/// </summary>
internal static class SharedUse
{
    private const int MaxCalls = 2;
    private const int MaxOwners = 4;

    /// <summary>The objects of that kind that the call works with until its task is done.</summary>
    public static List<AccessPath>? Of(IInvocationOperation call, GuardContext guard) => Of(call, guard, MaxCalls);

    /// <summary>The objects that asynchronous calls in a lambda work with and that come from outside of it.</summary>
    public static List<AccessPath>? OfLambda(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        List<AccessPath>? found = null;
        foreach (var operation in lambda.Body.Descendants())
        {
            if (operation is not IInvocationOperation call || !guard.Awaitables.IsAwaitable(call.Type) || Of(call, guard) is not { } used)
                continue;
            foreach (var path in used)
            {
                if (IsOutside(path.Root, lambda)) (found ??= new()).Add(path);
            }
        }

        return found;
    }

    /// <summary>An object that both calls work with, or null.</summary>
    public static AccessPath? Common(List<AccessPath>? one, List<AccessPath>? other)
    {
        if (one is null || other is null) return null;
        foreach (var path in one)
        {
            if (other.Contains(path)) return path;
        }

        return null;
    }

    private static List<AccessPath>? Of(IInvocationOperation call, GuardContext guard, int calls)
    {
        if (!guard.Awaitables.IsAwaitable(call.Type) || guard.Apis.Has(call.TargetMethod, ApiTraits.Completed)) return null;
        List<AccessPath>? found = null;
        if (ObjectBehind(Unwrapped.Receiver(call), guard) is { } receiver)
        {
            (found ??= new()).Add(receiver);
            AddOwners(Unwrapped.Receiver(call), found, guard);
        }

        foreach (var argument in call.Arguments)
        {
            if (ObjectIn(argument.Value, guard) is { } given && found?.Contains(given) != true) (found ??= new()).Add(given);
        }

        if (found is null && calls > 0 && IsOwn(call)) AddFromBody(call.TargetMethod, ref found, guard, calls - 1);
        return found;
    }

    // db.Orders.Where(…), db.Database, command.Connection; also through a local that holds the query
    private static AccessPath? ObjectBehind(IOperation? value, GuardContext guard)
    {
        for (var step = 0; step < 16 && value is not null; step++)
        {
            if (ObjectIn(value, guard) is { } found) return found;
            value = value switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation inner => inner.Operand,
                IInvocationOperation call when !guard.Awaitables.IsAwaitable(call.Type) => Unwrapped.Receiver(call),
                IPropertyReferenceOperation property => property.Instance,
                IFieldReferenceOperation variable => variable.Instance,
                ITranslatedQueryOperation query => query.Operation,
                ILocalReferenceOperation => InitialValue.Of(value, guard),
                _ => null,
            };
        }

        return null;
    }

    private static AccessPath? ObjectIn(IOperation value, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);
        if (!guard.Apis.TypeHas(value.Type, ApiTraits.OneAtATime)) return null;

        // AppContext Db => _factory.CreateDbContext()
        return value is IPropertyReferenceOperation { Property: var property } && !PureExpression.IsStored(property) ? null
            : AccessPath.Of(value);
    }

    // using var command = connection.CreateCommand(); new SqlCommand(text, connection): what it was made from works for it
    private static void AddOwners(IOperation? made, List<AccessPath> found, GuardContext guard)
    {
        for (var step = 0; step < MaxOwners && InitialValue.Of(made, guard) is { } value; step++)
        {
            if (value is IAwaitOperation awaited) value = Unwrapped.Awaited(awaited.Operation);
            var owner = value switch
            {
                IInvocationOperation call => Unwrapped.Receiver(call),
                IObjectCreationOperation creation => OwnerAmong(creation, guard),
                _ => null,
            };

            // connection.Clone() is another one
            if (owner is null || ObjectIn(owner, guard) is not { } path || IsOfOneKind(owner.Type, made!.Type)) return;
            if (!found.Contains(path)) found.Add(path);
            made = owner;
        }
    }

    private static IOperation? OwnerAmong(IObjectCreationOperation creation, GuardContext guard)
    {
        foreach (var argument in creation.Arguments)
        {
            if (ObjectIn(argument.Value, guard) is not null) return argument.Value;
        }

        return null;
    }

    private static bool IsOfOneKind(ITypeSymbol? one, ITypeSymbol? other) => DerivesFrom(one, other) || DerivesFrom(other, one);

    private static bool DerivesFrom(ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor)) return true;
        }

        return false;
    }

    // LoadOrdersAsync(), this.LoadOrdersAsync(), a local function: what it works with belongs to the same object
    private static bool IsOwn(IInvocationOperation call) =>
        !call.TargetMethod.DeclaringSyntaxReferences.IsEmpty && call.Instance is null or IInstanceReferenceOperation
        && !call.TargetMethod.IsAbstract;

    private static void AddFromBody(IMethodSymbol method, ref List<AccessPath>? found, GuardContext guard, int calls)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            if (Throttle.IsIn(body, guard)) return;
            foreach (var operation in body.Descendants())
            {
                if (operation is not IInvocationOperation inner || Of(inner, guard, calls) is not { } used) continue;
                foreach (var path in used)
                {
                    if (path.Root is IFieldSymbol or IPropertySymbol
                        or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }
                        && found?.Contains(path) != true)
                        (found ??= new()).Add(path);
                }
            }
        }
    }

    private static bool IsOutside(ISymbol root, IAnonymousFunctionOperation lambda)
    {
        foreach (var declaration in root.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == lambda.Syntax.SyntaxTree && lambda.Syntax.Span.Contains(declaration.Span)) return false;
        }

        return true;
    }
}

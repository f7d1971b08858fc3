using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Whether work that has been started needs an object that is disposed after it: it is called on it, receives it, or has something that
/// keeps it.
/// </summary>
internal static class ResourceUse
{
    private const int MaxSteps = 3;

    /// <summary>Whether the work needs the resource after the call that starts it has returned.</summary>
    public static bool Needs(IOperation start, ISymbol resource, GuardContext guard) => Needs(start, resource, guard, MaxSteps);

    private static bool Needs(IOperation start, ISymbol resource, GuardContext guard, int steps)
    {
        foreach (var operation in start.Descendants())
        {
            if (Named(operation) is not { } named) continue;
            if (SymbolEqualityComparer.Default.Equals(named, resource) ? Keeps(operation, start, guard)
                : steps > 0 && named is ILocalSymbol local && IsMadeFrom(local, resource, operation, guard, steps - 1)
                && Keeps(operation, start, guard))
                return true;
        }

        return false;
    }

    private static ISymbol? Named(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };

    // reader.ReadAsync(), LoadAsync(reader), Task.Run(() => Use(reader)), connection.CreateCommand().ExecuteAsync(); not
    // LoadAsync(reader.Name)
    private static bool Keeps(IOperation value, IOperation start, GuardContext guard)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or IArrayInitializerOperation
                    or IArrayCreationOperation:
                    value = value.Parent;
                    continue;
                case IMemberReferenceOperation member when ReferenceEquals(member.Instance, value):
                    if (!KeepsOwner(member.Type, value, guard)) return IsInLambdaOf(value, start);
                    value = member;
                    continue;
                case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                    if (ReferenceEquals(call, start)) return true;
                    if (!KeepsOwner(call.Type, value, guard)) return IsInLambdaOf(value, start);
                    value = call;
                    continue;
                case IArgumentOperation { Parent: var call }:
                    if (ReferenceEquals(call, start)) return true;
                    if (call is not (IInvocationOperation or IObjectCreationOperation)) return false;
                    if (!KeepsOwner(call.Type, value, guard)) return IsInLambdaOf(call, start);
                    value = call;
                    continue;
                default:
                    return IsInLambdaOf(value, start);
            }
        }
    }

    // Task.Run(() => reader.ReadLine()): the lambda has the resource, whatever it does with it
    private static bool IsInLambdaOf(IOperation value, IOperation start)
    {
        for (var parent = value.Parent; parent is not null && !ReferenceEquals(parent, start); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && ReferenceEquals(DelegateUse.CallOf(lambda), start)) return true;
        }

        return false;
    }

    // scope.ServiceProvider.GetRequiredService<Db>(), new StreamReader(stream), source.Token, db.Customers.Where(…); not reader.Name,
    // stream.ToArray()
    private static bool KeepsOwner(ITypeSymbol? type, IOperation owner, GuardContext guard)
    {
        if (type is null || type.SpecialType != SpecialType.None) return false;
        if (guard.Tokens.IsToken(type)) return guard.Tokens.IsSource(owner.Type);
        if (guard.Types.IsServices(owner.Type) || guard.Types.IsServices(type)) return type.IsReferenceType;
        return Is(type, guard.Types.Disposable) || Is(type, guard.Types.AsyncDisposable) || Is(type, guard.Types.Queryable);
    }

    private static bool Is(ITypeSymbol type, INamedTypeSymbol? contract)
    {
        if (contract is null) return false;
        if (SymbolEqualityComparer.Default.Equals(type, contract)) return true;
        foreach (var implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented, contract)) return true;
        }

        return false;
    }

    // var db = scope.ServiceProvider.GetRequiredService<Db>(); var reader = new StreamReader(stream);
    private static bool IsMadeFrom(ILocalSymbol local, ISymbol resource, IOperation place, GuardContext guard, int steps)
    {
        if (SymbolEqualityComparer.Default.Equals(local, resource)) return false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not IVariableDeclaratorOperation { Initializer: { } initializer } declarator
                || !SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                continue;
            foreach (var inner in initializer.Descendants())
            {
                if (Named(inner) is not { } source) continue;
                if (SymbolEqualityComparer.Default.Equals(source, resource) ? KeptBy(inner, initializer, guard)
                    : steps > 0 && source is ILocalSymbol made && IsMadeFrom(made, resource, inner, guard, steps - 1)
                    && KeptBy(inner, initializer, guard))
                    return true;
            }
        }

        return false;
    }

    private static bool KeptBy(IOperation value, IOperation initializer, GuardContext guard)
    {
        while (!ReferenceEquals(value.Parent, initializer))
        {
            switch (value.Parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    value = value.Parent;
                    continue;
                case IMemberReferenceOperation or IInvocationOperation when KeepsOwner(value.Parent!.Type, value, guard):
                    value = value.Parent;
                    continue;
                case IArgumentOperation { Parent: IInvocationOperation or IObjectCreationOperation } argument
                    when KeepsOwner(argument.Parent!.Type, value, guard):
                    value = argument.Parent!;
                    continue;
                default:
                    return false;
            }
        }

        return true;
    }
}

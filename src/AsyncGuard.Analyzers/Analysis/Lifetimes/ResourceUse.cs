using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// Whether work that has been started needs an object that a <c>using</c> disposes: it is called on it, is given it, or has something that
/// keeps it.
/// </summary>
internal static class ResourceUse
{
    private const int MaxSteps = 3;

    /// <summary>The locals of every <c>using</c> that ends when the place is left, innermost first; null where there is none.</summary>
    public static List<ILocalSymbol>? DisposedAfter(IOperation place)
    {
        List<ILocalSymbol>? locals = null;
        var child = place;
        for (var parent = place.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IUsingOperation use when ReferenceEquals(use.Body, child):
                    (locals ??= new()).AddRange(use.Locals);
                    break;

                // using var reader = …; is in force until its block ends
                case IBlockOperation block:
                    foreach (var statement in block.Operations)
                    {
                        if (ReferenceEquals(statement, child)) break;
                        if (statement is IUsingDeclarationOperation declaration) AddLocals(declaration.DeclarationGroup, locals ??= new());
                    }

                    break;
            }
        }

        return locals;
    }

    /// <summary>Whether the work needs the resource after the call that starts it has returned.</summary>
    public static bool Needs(IOperation start, ILocalSymbol resource, GuardContext guard) => Needs(start, resource, guard, MaxSteps);

    private static bool Needs(IOperation start, ILocalSymbol resource, GuardContext guard, int steps)
    {
        foreach (var operation in start.Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var local } reference) continue;
            if (SymbolEqualityComparer.Default.Equals(local, resource) ? Keeps(reference, start, guard)
                : steps > 0 && IsMadeFrom(local, resource, reference, guard, steps - 1) && Keeps(reference, start, guard))
                return true;
        }

        return false;
    }

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
    private static bool IsMadeFrom(ILocalSymbol local, ILocalSymbol resource, IOperation place, GuardContext guard, int steps)
    {
        if (SymbolEqualityComparer.Default.Equals(local, resource)) return false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not IVariableDeclaratorOperation { Initializer: { } initializer } declarator
                || !SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                continue;
            foreach (var inner in initializer.Descendants())
            {
                if (inner is not ILocalReferenceOperation { Local: var source } reference) continue;
                if (SymbolEqualityComparer.Default.Equals(source, resource) ? KeptBy(reference, initializer, guard)
                    : steps > 0 && IsMadeFrom(source, resource, reference, guard, steps - 1) && KeptBy(reference, initializer, guard))
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

    private static void AddLocals(IVariableDeclarationGroupOperation group, List<ILocalSymbol> locals)
    {
        foreach (var declaration in group.Declarations)
        {
            foreach (var declarator in declaration.Declarators) locals.Add(declarator.Symbol);
        }
    }
}

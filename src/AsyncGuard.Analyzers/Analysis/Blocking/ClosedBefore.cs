using System;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// What was closed before it is disposed: <c>await channel.CloseAsync(); channel.Dispose();</c>, and a stream that what was made around it
/// closes, <c>using var file = File.Create(path); await using var writer = new StreamWriter(file);</c>.
/// </summary>
internal static class ClosedBefore
{
    private const string LeaveOpen = ParameterNames.LeaveOpen;

    /// <summary>Whether a call in front of this one has closed the object.</summary>
    public static bool Is(IInvocationOperation dispose)
    {
        if (AccessPath.Of(Unwrapped.ConditionalReceiver(dispose)) is not { } path) return false;
        IOperation child = dispose;
        for (var parent = dispose.Parent; parent is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation);
            child = parent, parent = parent.Parent)
        {
            if (parent is IBlockOperation block && IsClosedIn(block, child, path)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the statement right before the call has written what there was: <c>await stream.FlushAsync(); stream.Close();</c>.
    /// </summary>
    public static bool IsFlushed(IInvocationOperation close)
    {
        if (AccessPath.Of(Unwrapped.ConditionalReceiver(close)) is not { } path
            || close.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
            return false;
        var index = block.Operations.IndexOf(statement);
        return index > 0
            && block.Operations[index - 1] is IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } }
            && Unwrapped.Awaited(awaited) is IInvocationOperation { TargetMethod.Name: var name, Instance: { } flushed }
            && ConventionalNames.FlushesAsync(name)
            && path.Equals(AccessPath.Of(flushed));
    }

    /// <summary>
    /// Whether something that owns the variable's stream is disposed in front of it: the next resource of the same code.
    /// </summary>
    public static bool IsByOwner(ILocalSymbol stream, IOperation use)
    {
        var owner = use switch
        {
            // using (var file = …) using (var writer = new StreamWriter(file)) …
            IUsingOperation { Body: var body } => FirstUsing(body),
            IUsingDeclarationOperation { Parent: IBlockOperation block } => After(block, use),
            _ => null,
        };
        return owner is not null && OwnsIn(owner, stream);
    }

    /// <summary>
    /// Whether the code of a <c>using</c> closes its variable itself, in a call of its own kind, on the way to its end:
    /// <c>using (var file = File.Create(path)) { source.CopyTo(file); file.Close(); }</c>.
    /// </summary>
    public static bool IsInside(ISymbol? variable, IOperation use, Func<IInvocationOperation, bool> isKind)
    {
        if (variable is null) return false;
        return use switch
        {
            IUsingOperation { Body: IBlockOperation body } => Closes(body, 0),
            IUsingDeclarationOperation { Parent: IBlockOperation around } => Closes(around, around.Operations.IndexOf(use) + 1),
            _ => false,
        };

        bool Closes(IBlockOperation block, int from)
        {
            var isLeft = false;
            for (var i = from; i < block.Operations.Length; i++)
            {
                var statement = block.Operations[i];
                if (VariableWrites.Count(statement, variable, 1) > 0) return false;
                switch (statement)
                {
                    case IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } }
                        when !isLeft && ClosesAsync(awaited):
                    case IExpressionStatementOperation { Operation: var call } when IsClose(call):
                    case ITryOperation { Finally: { } cleanup } when Closes(cleanup, 0):
                        return true;
                }

                isLeft |= Leaves(statement);
            }

            return false;
        }

        bool ClosesAsync(IOperation awaited) => Unwrapped.Awaited(awaited) is IInvocationOperation { TargetMethod.Name: var name } call
            && ConventionalNames.ClosesAsync(name) && VariableWrites.Refers(Unwrapped.ConditionalReceiver(call), variable);

        bool IsClose(IOperation statement)
        {
            if (statement is IConditionalAccessOperation access) statement = access.WhenNotNull;
            return statement is IInvocationOperation call && isKind(call)
                && VariableWrites.Refers(Unwrapped.ConditionalReceiver(call), variable);
        }
    }

    private static bool Leaves(IOperation statement)
    {
        foreach (var operation in statement.DescendantsAndSelf())
        {
            if (operation is IReturnOperation or IBranchOperation) return true;
        }

        return false;
    }

    private static bool IsClosedIn(IBlockOperation block, IOperation until, AccessPath path)
    {
        var isClosed = false;
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, until)) return isClosed;
            switch (statement)
            {
                case IExpressionStatementOperation { Operation: IAssignmentOperation assignment }
                    when path.Equals(AccessPath.Of(assignment.Target)):
                    isClosed = false;
                    break;
                case IExpressionStatementOperation { Operation: IAwaitOperation { Operation: var awaited } } when Closes(awaited, path):
                case IExpressionStatementOperation { Operation: var call } when IsClose(call, path):
                    isClosed = true;
                    break;
            }
        }

        return false;
    }

    // stream.Close(); stream.Dispose(): it is the first that writes
    private static bool IsClose(IOperation statement, AccessPath path)
    {
        if (statement is IConditionalAccessOperation access) statement = access.WhenNotNull;
        return statement is IInvocationOperation { TargetMethod: { Name: var name, Parameters.IsEmpty: true } } call
            && ConventionalNames.ClosesOrDisposes(name)
            && path.Equals(AccessPath.Of(Unwrapped.ConditionalReceiver(call)));
    }

    private static bool Closes(IOperation awaited, AccessPath path)
    {
        foreach (var operation in awaited.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod.Name: var name } call && ConventionalNames.ClosesAsync(name)
                && path.Equals(AccessPath.Of(Unwrapped.ConditionalReceiver(call))))
                return true;
        }

        return false;
    }

    private static IOperation? FirstUsing(IOperation body) => body switch
    {
        IUsingOperation { Resources: var resources } => resources,
        IBlockOperation { Operations: { Length: > 0 } statements } => statements[0] switch
        {
            IUsingOperation { Resources: var resources } => resources,
            IUsingDeclarationOperation declaration => declaration.DeclarationGroup,
            _ => null,
        },
        _ => null,
    };

    private static IOperation? After(IBlockOperation block, IOperation use)
    {
        var index = block.Operations.IndexOf(use);
        if (index < 0 || index + 1 >= block.Operations.Length) return null;
        return block.Operations[index + 1] switch
        {
            IUsingOperation { Resources: var resources } => resources,
            IUsingDeclarationOperation declaration => declaration.DeclarationGroup,
            _ => null,
        };
    }

    private static bool OwnsIn(IOperation resources, ILocalSymbol stream)
    {
        foreach (var operation in resources.DescendantsAndSelf())
        {
            if (operation is IObjectCreationOperation { Constructor: { } constructor } creation && creation.Arguments.Length > 0
                && MayLeaveOpen(constructor.ContainingType) && !LeavesOpen(creation) && IsGiven(creation, stream))
                return true;
        }

        return false;
    }

    private static bool IsGiven(IObjectCreationOperation creation, ILocalSymbol stream) =>
        creation.Arguments[0].Parameter is { Ordinal: 0 }
        && Unwrapped.Conversions(creation.Arguments[0].Value) is ILocalReferenceOperation { Local: var given }
        && SymbolEqualityComparer.Default.Equals(given, stream);

    // A type that can be asked to leave its stream open closes it where it is not asked.
    private static bool MayLeaveOpen(INamedTypeSymbol type)
    {
        foreach (var constructor in type.InstanceConstructors)
        {
            foreach (var parameter in constructor.Parameters)
            {
                if (parameter is { Name: LeaveOpen, Type.SpecialType: SpecialType.System_Boolean }) return true;
            }
        }

        return false;
    }

    private static bool LeavesOpen(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Name == LeaveOpen && argument.Value.ConstantValue is not { HasValue: true, Value: false }) return true;
        }

        return false;
    }
}

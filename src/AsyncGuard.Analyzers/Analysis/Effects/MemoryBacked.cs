using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Objects of the compilation's own types that work on memory: one that is made from a stream in memory,
/// <c>new Packet(new MemoryStream())</c>, and a stream that is
/// written down here and has no other stream beneath it.
/// </summary>
internal static class MemoryBacked
{
    private const int MaxSteps = 10;

    /// <summary>Whether the value is in memory, or is an object of ours over memory.</summary>
    public static bool Is(IOperation? value, GuardContext guard) => Is(value, guard, MaxSteps);

    /// <summary>Whether the call has memory to work on: its receiver or an argument.</summary>
    public static bool Serves(IInvocationOperation call, GuardContext guard)
    {
        if (Is(call.Instance, guard)) return true;
        foreach (var argument in call.Arguments)
        {
            if (Is(argument.Value, guard)) return true;
        }

        return false;
    }

    private static bool Is(IOperation? value, GuardContext guard, int depth)
    {
        if (value is null || depth == 0
            || value.Type is not { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct, SpecialType: SpecialType.None })
            return false;
        if (InMemory.Is(value, guard) || IsOwnStream(value.Type, guard)) return true;
        switch (value)
        {
            case IConversionOperation conversion:
                return Is(conversion.Operand, guard, depth);
            case ILocalReferenceOperation local:
                return InMemory.InitializerOf(local.Local, local) is { } initializer && Is(initializer, guard, depth - 1)
                    && IsAssignedMemoryOnly(local, guard, depth - 1);
            case IObjectCreationOperation { Constructor: { } constructor } creation when guard.IsOurs(constructor):
                return IsMadeFromMemory(creation.Arguments, constructor, guard, depth - 1)
                    || (IsStream(creation.Type, guard) && HoldsMemoryOnly(constructor, guard, depth - 1));

            // Packet Open() => new Packet(_data);
            case IInvocationOperation { IsVirtual: false, TargetMethod: var method } when guard.IsOurs(method):
                return IsMadeBy(method, guard, depth - 1);

            // await OpenAsync()
            case IAwaitOperation { Operation: var awaited }
                when Unwrapped.Awaited(awaited) is IInvocationOperation { IsVirtual: false, TargetMethod: { IsAsync: true } method }
                && guard.IsOurs(method):
                return IsMadeBy(method, guard, depth - 1);

            // streams.Error
            case IPropertyReferenceOperation when HandedStream.Is(value, guard):
                return true;

            // packet.Inner
            case IPropertyReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } property
                when IsStream(property.Type, guard):
                return Is(instance, guard, depth - 1);
            default:
                return false;
        }
    }

    // stream = new Packet(memory), once more
    private static bool IsAssignedMemoryOnly(ILocalReferenceOperation local, GuardContext guard, int depth)
    {
        if (AssignedValues.Of(local) is not { } values) return false;
        foreach (var value in values)
        {
            if (!Is(value, guard, depth)) return false;
        }

        return true;
    }

    // Packet Open() => new Packet(_data);      async Task<Stream> OpenAsync() { …  return memory; }
    private static bool IsMadeBy(IMethodSymbol method, GuardContext guard, int depth)
    {
        if (method.DeclaringSyntaxReferences.Length != 1
            || method.DeclaringSyntaxReferences[0].GetSyntax() is not MethodDeclarationSyntax declaration)
            return false;
        if (declaration.ExpressionBody is { Expression: var value }) return IsMade(value, guard, depth);
        if (declaration.Body is null) return false;
        var isMade = false;
        foreach (var node in declaration.Body.DescendantNodes(
            static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is not ReturnStatementSyntax { Expression: { } returned }) continue;
            if (!IsMade(returned, guard, depth)) return false;
            isMade = true;
        }

        return isMade;
    }

    private static bool IsMade(ExpressionSyntax value, GuardContext guard, int depth) =>
        value is BaseObjectCreationExpressionSyntax or IdentifierNameSyntax && Is(Bodies.Of(guard).OperationOf(value), guard, depth);

    private static bool IsMadeFromMemory(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol constructor, GuardContext guard,
        int depth)
    {
        foreach (var argument in arguments)
        {
            if (Is(argument.Value, guard, depth)) return true;
        }

        // Packet(byte[] data) : this(new MemoryStream(data)) { }
        if (depth <= 0) return false;
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer: { } initializer }
                && Bodies.Of(guard).OperationOf(initializer) is IInvocationOperation { TargetMethod: var next } chained)
                return IsMadeFromMemory(chained.Arguments, next, guard, depth - 1);
        }

        return false;
    }

    // Packet(byte[] data) { _inner = new MemoryStream(data); }
    private static bool HoldsMemoryOnly(IMethodSymbol constructor, GuardContext guard, int depth)
    {
        var holds = false;
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not ConstructorDeclarationSyntax { Initializer: null } declaration) return false;
            foreach (var node in declaration.DescendantNodes())
            {
                if (node is not AssignmentExpressionSyntax assignment
                    || Bodies.Of(guard).OperationOf(assignment) is not ISimpleAssignmentOperation
                    {
                        Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Type: var type }
                    } held || !IsStream(type, guard))
                    continue;
                if (!Is(held.Value, guard, depth)) return false;
                holds = true;
            }
        }

        return holds;
    }

    // class HashStream : Stream { … }, of which neither Read nor Write calls anything that may block
    private static bool IsOwnStream(ITypeSymbol type, GuardContext guard)
    {
        if (!guard.IsOurs(type) || !IsStream(type, guard)) return false;
        foreach (var member in guard.Types.Stream!.GetMembers())
        {
            if (member is not IMethodSymbol
                {
                    IsAbstract: true
                } method || !PlatformMembers.ReadOrWrite.Is(method))
                continue;
            var answers = Implementations.Of(guard).Answering(method, type, static _ => true);
            if (answers.IsEmpty) return false;
            foreach (var answer in answers)
            {
                if (!guard.IsOurs(answer) || !IsQuiet(answer, guard, MaxSteps)) return false;
            }
        }

        return true;
    }

    private static bool IsQuiet(ISymbol member, GuardContext guard, int depth)
    {
        if (!BlockingIndex.Of(guard).Leads(member)) return true;
        if (depth == 0) return false;
        foreach (var body in Bodies.Of(guard).OperationsOf(member))
        {
            foreach (var operation in body.Descendants())
            {
                if (!IsQuiet(operation, member, guard, depth)) return false;
            }
        }

        return true;
    }

    private static bool IsQuiet(IOperation operation, ISymbol member, GuardContext guard, int depth)
    {
        if (TaskWait.Of(operation, guard) is not null) return false;
        if (operation is not IInvocationOperation { TargetMethod: var target } call)
            return !CalledMembers.OfBlocking(guard).IsWorthFollowing(operation, member);
        if (guard.Apis.Has(target, ApiTraits.Blocks)) return InMemory.Serves(call, guard);
        return !CalledMembers.OfBlocking(guard).IsWorthFollowing(call, member)
            || (!call.IsVirtual && guard.IsOurs(target) && IsQuiet(target.OriginalDefinition, guard, depth - 1));
    }

    private static bool IsStream(ITypeSymbol? type, GuardContext guard)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.Stream)) return true;
        }

        return false;
    }
}

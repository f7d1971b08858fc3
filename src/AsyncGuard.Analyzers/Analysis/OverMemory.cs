using System.Collections.Immutable;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis;

/// <summary>
/// Objects of the compilation's own types that work on memory: one that is made from a stream in memory, <c>new Packet(new MemoryStream())</c>, and a stream that is
/// written down here and has no other stream beneath it.
/// </summary>
internal static class OverMemory
{
    private const int MaxSteps = 6;

    /// <summary>Whether the value is in memory, or is an object of ours over memory.</summary>
    public static bool Holds(IOperation? value, GuardContext guard) => Holds(value, guard, MaxSteps);

    private static bool Holds(IOperation? value, GuardContext guard, int depth)
    {
        if (value is null || depth == 0 || value.Type is not { TypeKind: TypeKind.Class or TypeKind.Interface or TypeKind.Struct, SpecialType: SpecialType.None }) return false;
        if (InMemory.Holds(value, guard) || IsOwnStream(value.Type, guard)) return true;
        switch (value)
        {
            case IConversionOperation conversion:
                return Holds(conversion.Operand, guard, depth);
            case ILocalReferenceOperation local:
                return InMemory.InitializerOf(local.Local, local) is { } initializer && Holds(initializer, guard, depth - 1) && !InMemory.IsAssigned(local.Local, local);
            case IObjectCreationOperation { Constructor: { } constructor } creation when guard.Effects.IsVisible(constructor):
                return IsMadeFromMemory(creation.Arguments, constructor, guard, depth - 1);

            // packet.Inner
            case IPropertyReferenceOperation { Instance: { } instance and not IInstanceReferenceOperation } property when IsStream(property.Type, guard):
                return Holds(instance, guard, depth - 1);
            default:
                return false;
        }
    }

    private static bool IsMadeFromMemory(ImmutableArray<IArgumentOperation> arguments, IMethodSymbol constructor, GuardContext guard, int depth)
    {
        foreach (var argument in arguments)
        {
            if (Holds(argument.Value, guard, depth)) return true;
        }

        // Packet(byte[] data) : this(new MemoryStream(data)) { }
        if (depth <= 0) return false;
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer: { } initializer } && guard.Effects.Bodies.OperationOf(initializer) is IInvocationOperation { TargetMethod: var next } chained)
                return IsMadeFromMemory(chained.Arguments, next, guard, depth - 1);
        }

        return false;
    }

    // class HashStream : Stream { … }, of which neither Read nor Write calls anything that may block
    private static bool IsOwnStream(ITypeSymbol type, GuardContext guard)
    {
        if (!guard.Effects.IsVisible(type) || !IsStream(type, guard)) return false;
        foreach (var member in guard.Types.Stream!.GetMembers())
        {
            if (member is not IMethodSymbol { IsAbstract: true, Name: nameof(System.IO.Stream.Read) or nameof(System.IO.Stream.Write) } method) continue;
            var answers = guard.Effects.Implementations.Of(method, type);
            if (answers.IsEmpty) return false;
            foreach (var answer in answers)
            {
                if (!guard.Effects.IsVisible(answer) || !IsQuiet(answer, guard)) return false;
            }
        }

        return true;
    }

    private static bool IsQuiet(ISymbol member, GuardContext guard)
    {
        if (!guard.Effects.Index.Leads(member)) return true;
        foreach (var body in guard.Effects.Bodies.Of(member))
        {
            foreach (var operation in body.Descendants())
            {
                if (TaskWait.Of(operation, guard) is not null || guard.Effects.Called.MayBlock(operation, member)) return false;
                if (operation is IInvocationOperation { TargetMethod: var target } call && guard.Apis.Has(target, ApiTraits.Blocks) && !InMemory.Serves(call, guard)) return false;
            }
        }

        return true;
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

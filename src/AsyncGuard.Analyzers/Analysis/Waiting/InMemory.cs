using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>Whether a stream, reader or writer is known to work on memory only.</summary>
internal static class InMemory
{
    // Each wrapper and each local that holds one counts.
    private const int MaxWrappers = 8;

    /// <summary>Whether the call has memory to work on and nothing else: its receiver, or a stream among its arguments.</summary>
    public static bool Serves(IInvocationOperation call, GuardContext guard)
    {
        if (Is(call.Instance, guard, MaxWrappers)) return !IsPipe(call.Instance!.Type, guard);
        if (!call.TargetMethod.IsStatic && !guard.Apis.TypeHas(call.TargetMethod.ContainingType, ApiTraits.WorksOn)
            && !IsTakenIn(call.TargetMethod, guard))
            return false;
        foreach (var argument in call.Arguments)
        {
            // JsonSerializer.Serialize(memoryStream, value), hash.ComputeHash(memoryStream)
            if (Is(argument.Value, guard, MaxWrappers)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether an object is made from memory: <c>new XLWorkbook(new MemoryStream(data))</c>.
    /// </summary>
    public static bool IsGivenTo(IObjectCreationOperation creation, GuardContext guard)
    {
        foreach (var argument in creation.Arguments)
        {
            if (Is(argument.Value, guard, MaxWrappers)) return true;
        }

        return false;
    }

    // tokenizer.Load(new StringReader(text)): what it reads goes into the object. What is saved or sent goes on to somewhere else.
    private static bool IsTakenIn(IMethodSymbol method, GuardContext guard) =>
        FileMemberNames.TakeIn(method.Name) && !guard.IsOurs(method) && guard.Apis.EntryOf(method) is null;

    // What is written to a pipe goes to memory; to flush it waits for the reader.
    private static bool IsPipe(ITypeSymbol? type, GuardContext guard)
    {
        if (guard.Types.PipeWriter is not { } pipe) return false;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, pipe)) return true;
        }

        return false;
    }

    /// <summary>Whether the value is a stream, reader or writer that is, or wraps, memory.</summary>
    public static bool Is(IOperation? value, GuardContext guard) => Is(value, guard, MaxWrappers);

    private static bool Is(IOperation? value, GuardContext guard, int depth)
    {
        if (value is null || depth == 0) return false;
        if (guard.Apis.TypeHas(value.Type, ApiTraits.InMemory)) return true;
        switch (value)
        {
            case IConversionOperation conversion:
                return Is(conversion.Operand, guard, depth);

            // new StreamReader(memory), new GZipStream(memory, …)
            case IObjectCreationOperation creation when guard.Apis.TypeHas(creation.Type, ApiTraits.Wraps):
                return creation.Arguments.Length > 0 && Is(creation.Arguments[0].Value, guard, depth - 1);

            // XmlReader.Create(new StringReader(text)), assembly.GetManifestResourceStream(name) ?? throw …
            case IInvocationOperation call:
                return guard.Apis.Has(call.TargetMethod, ApiTraits.InMemory) || IsPartOfMemory(call, guard, depth)
                    || (guard.Apis.Has(call.TargetMethod, ApiTraits.Wraps) && call.Arguments.Length > 0
                    && Is(call.Arguments[0].Value, guard, depth - 1));
            case ICoalesceOperation choice:
                return Is(choice.Value, guard, depth) && (IsThrown(choice.WhenNull) || Is(choice.WhenNull, guard, depth - 1));

            // foreach (var entry in archive.Entries)
            case ILocalReferenceOperation local when CollectionOf(local) is { } collection:
                return IsPart(collection, guard, depth - 1);

            case ILocalReferenceOperation local:
                return InitializerOf(local.Local, local) is { } initializer && Is(initializer, guard, depth - 1)
                    && AreAll(AssignedValues.Of(local), guard, depth - 1);

            // Stream.Null
            case IFieldReferenceOperation { Field: { IsStatic: true } field } when guard.Apis.Has(field, ApiTraits.InMemory):
                return true;

            // _reader = new StringReader(text); here or in the constructor
            case IFieldReferenceOperation { Field.IsReadOnly: true }:
                return InitialValue.Of(value, guard) is { } assigned && Is(assigned, guard, depth - 1);

            // _inflater = new DeflateStream(_memory, CompressionMode.Decompress); wherever it is set
            case IFieldReferenceOperation
            {
                Instance: null or IInstanceReferenceOperation,
                Field: { DeclaredAccessibility: Accessibility.Private } field
            } when guard.IsOurs(field):
                return IsGivenMemoryOnly(field, guard, depth - 1);

            // Console.Out, Console.Error; archive.Entries[0]
            case IPropertyReferenceOperation property:
                return guard.Apis.Has(property.Property, ApiTraits.Completes)
                    || (property.Property.IsIndexer && IsPart(property.Instance, guard, depth - 1));

            default:
                return false;
        }
    }

    private static bool IsGivenMemoryOnly(IFieldSymbol field, GuardContext guard, int depth) =>
        NamedUses.AreGiven(field, guard, value => Is(value, guard, depth));

    // archive.GetEntry(name), entry.Open(), archive.Entries.First(e => e.Length > 0)
    private static bool IsPartOfMemory(IInvocationOperation call, GuardContext guard, int depth)
    {
        if (guard.Apis.Has(call.TargetMethod, ApiTraits.Inside)) return Is(call.Instance, guard, depth - 1);
        return call.TargetMethod is { IsExtensionMethod: true, ContainingType: var type }
            && SymbolEqualityComparer.Default.Equals(type, guard.Types.Enumerable)
            && call.Arguments.Length > 0 && IsPart(call.Arguments[0].Value, guard, depth - 1);
    }

    // archive.Entries, archive.Entries.Where(…)
    private static bool IsPart(IOperation? collection, GuardContext guard, int depth) => depth > 0 && collection switch
    {
        IConversionOperation conversion => IsPart(conversion.Operand, guard, depth),
        IPropertyReferenceOperation property => guard.Apis.Has(property.Property, ApiTraits.Inside) && Is(property.Instance, guard, depth),
        IInvocationOperation call => IsPartOfMemory(call, guard, depth),
        _ => false,
    };

    private static IOperation? CollectionOf(ILocalReferenceOperation local) =>
        local.SemanticModel is { } model && local.Local.DeclaringSyntaxReferences.Length == 1
        && local.Local.DeclaringSyntaxReferences[0].GetSyntax() is ForEachStatementSyntax loop && loop.SyntaxTree == model.SyntaxTree
            ? model.GetOperation(loop.Expression)
            : null;

    private static bool IsThrown(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value is IThrowOperation;
    }

    /// <summary>What a local is declared with.</summary>
    public static IOperation? InitializerOf(ILocalSymbol local, IOperation reference)
    {
        if (reference.SemanticModel is not { } model || local.DeclaringSyntaxReferences.Length != 1) return null;
        if (local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
            return null;
        return declarator.SyntaxTree == model.SyntaxTree ? model.GetOperation(value) : null;
    }

    private static bool AreAll(IReadOnlyList<IOperation>? values, GuardContext guard, int depth)
    {
        if (values is null) return false;
        foreach (var value in values)
        {
            if (!Is(value, guard, depth)) return false;
        }

        return values.Count > 0;
    }
}

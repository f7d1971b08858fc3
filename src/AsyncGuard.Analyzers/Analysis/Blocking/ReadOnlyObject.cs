using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// A file, archive or stream that is opened for reading only, has no buffer, or comes from a response: when it closes, there is nothing
/// left to write.
/// </summary>
internal static class ReadOnlyObject
{
    // Each method of ours, each local and each choice counts.
    private const int MaxSteps = 5;

    /// <summary>
    /// <code>
    /// File.OpenRead(path)
    /// new FileStream(path, FileMode.Open, FileAccess.Read)
    /// new ZipArchive(stream)
    /// new GZipStream(stream, CompressionMode.Decompress)
    /// </code>
    /// </summary>
    public static bool Is(IOperation? value, GuardContext guard) => Is(value, guard, MaxSteps);

    private static bool Is(IOperation? value, GuardContext guard, int steps)
    {
        if (steps == 0) return false;
        return Unwrapped.ConversionsOrNull(value) switch
        {
            // await client.GetStreamAsync(url), await response.Content.ReadAsStreamAsync()
            IAwaitOperation { Operation: var awaited } =>
                Unwrapped.Awaited(awaited) is IInvocationOperation call && Opens(call, guard, steps),
            IInvocationOperation call => Opens(call, guard, steps),
            IObjectCreationOperation { Constructor: { } constructor } creation => Reads(constructor, creation.Arguments, guard),

            // path is null ? await client.GetStreamAsync(url) : File.OpenRead(path)
            IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } =>
                HasNothingToWrite(first, guard, steps - 1) && HasNothingToWrite(second, guard, steps - 1),
            ICoalesceOperation choice =>
                HasNothingToWrite(choice.Value, guard, steps - 1) && HasNothingToWrite(choice.WhenNull, guard, steps - 1),
            ISwitchExpressionOperation { Arms.IsEmpty: false } choice => AreChosen(choice, guard, steps - 1),
            IFieldReferenceOperation
            {
                Instance: null or IInstanceReferenceOperation,
                Field: { DeclaredAccessibility: Accessibility.Private } field
            } when guard.IsOurs(field) => IsGivenReadOnly(field, guard, steps - 1),
            ILocalReferenceOperation local => InitialValue.Of(value, guard) is { } opened
                ? Is(opened, guard, steps - 1)
                : IsGivenReadOnly(local, guard, steps - 1) || IsElementOfReadOnly(local.Local, local, guard, steps - 1),
            IParameterReferenceOperation parameter => IsElementOfReadOnly(parameter.Parameter, parameter, guard, steps - 1),
            _ => false,
        };
    }

    private static bool IsGivenReadOnly(IFieldSymbol field, GuardContext guard, int steps) =>
        NamedUses.AreGiven(field, guard, value => HasNothingToWrite(value, guard, steps));

    // FileStream? file = null; try { file = File.OpenRead(path); } catch { … }
    private static bool IsGivenReadOnly(ILocalReferenceOperation use, GuardContext guard, int steps)
    {
        var isGiven = false;
        foreach (var operation in FlowGraphs.RootOf(use).Descendants())
        {
            IOperation? given;
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, use.Local):
                    given = initial;
                    break;
                case ISimpleAssignmentOperation assignment when VariableWrites.Refers(assignment.Target, use.Local):
                    given = assignment.Value;
                    break;
                default:
                    if (VariableWrites.Is(operation, use.Local)) return false;
                    continue;
            }

            if (!HasNothingToWrite(given, guard, steps)) return false;
            isGiven |= !IsNull(given);
        }

        return isGiven;
    }

    // var files = paths.Select(File.OpenRead).ToList(); …; foreach (var file in files) file.Dispose();
    private static bool IsElementOfReadOnly(ISymbol variable, IOperation use, GuardContext guard, int steps)
    {
        if (StreamList.Of(variable, use) is not { } list) return false;
        var isGiven = false;
        foreach (var operation in FlowGraphs.RootOf(use).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, list):
                    if (!AreReadOnly(initial, guard, steps, ref isGiven)) return false;
                    break;
                case ILocalReferenceOperation { Local: var named } when SymbolEqualityComparer.Default.Equals(named, list):
                    if (VariableWrites.Is(operation.Parent!, list)) return false;
                    if (StreamList.UseOf(operation).Added is not { } added) break;
                    if (!HasNothingToWrite(added, guard, steps)) return false;
                    isGiven = true;
                    break;
            }
        }

        return isGiven;
    }

    private static bool AreReadOnly(IOperation list, GuardContext guard, int steps, ref bool isGiven)
    {
        list = Unwrapped.Conversions(list);
        if (ElementList.TryGet(list, out var elements))
        {
            foreach (var element in elements)
            {
                if (!HasNothingToWrite(element, guard, steps)) return false;
                isGiven = true;
            }

            return true;
        }

        switch (list)
        {
            case IObjectCreationOperation { Initializer: null, Arguments: var arguments }:
                return arguments.IsEmpty || arguments[0].Value.Type?.SpecialType == SpecialType.System_Int32;
            case IObjectCreationOperation { Initializer.Initializers: var items }:
                foreach (var item in items)
                {
                    if (item is not IInvocationOperation { Arguments: { Length: 1 } added }
                        || !HasNothingToWrite(added[0].Value, guard, steps))
                        return false;
                    isGiven = true;
                }

                return true;
            case IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments } call:
                if (CollectionNames.Lists(call.TargetMethod.Name)) return AreReadOnly(arguments[0].Value, guard, steps, ref isGiven);
                return isGiven = CollectionNames.Projects(call.TargetMethod.Name) && arguments.Length == 2
                    && OpensReadOnly(Unwrapped.Delegate(arguments[1].Value), guard, steps);
            default:
                return false;
        }
    }

    // paths.Select(File.OpenRead), paths.Select(path => File.OpenRead(path))
    private static bool OpensReadOnly(IOperation selector, GuardContext guard, int steps)
    {
        if (selector is IMethodReferenceOperation { Method: var method }) return guard.Apis.Has(method, ApiTraits.ReadsOnly);
        return selector is IAnonymousFunctionOperation { Body.Operations: { Length: 1 } body }
            && body[0] is IReturnOperation { ReturnedValue: { } opened } && HasNothingToWrite(opened, guard, steps);
    }

    // path is null ? Stream.Null : File.OpenRead(path), … ?? throw new IOException()
    private static bool HasNothingToWrite(IOperation value, GuardContext guard, int steps) =>
        IsNull(value) || Unwrapped.Conversions(value) is IThrowOperation || InMemory.Is(value, guard) || Is(value, guard, steps);

    private static bool AreChosen(ISwitchExpressionOperation choice, GuardContext guard, int steps)
    {
        foreach (var arm in choice.Arms)
        {
            if (!HasNothingToWrite(arm.Value, guard, steps)) return false;
        }

        return true;
    }

    private static bool Opens(IInvocationOperation call, GuardContext guard, int steps) =>
        Reads(call.TargetMethod, call.Arguments, guard) || IsOpenedBy(call, guard, steps - 1);

    // async Task<Stream?> OpenAsync() => _url is null ? null : await _client.GetStreamAsync(_url);
    private static bool IsOpenedBy(IInvocationOperation call, GuardContext guard, int steps)
    {
        if (call.IsVirtual || steps == 0 || !guard.IsOurs(call.TargetMethod)) return false;
        var opens = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(call.TargetMethod.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } returned } || FlowGraphs.FunctionsAround(operation).Count > 0)
                    continue;
                if (IsNull(returned)) continue;
                if (!HasNothingToWrite(returned, guard, steps)) return false;
                opens = true;
            }
        }

        return opens;
    }

    private static bool IsNull(IOperation value) => Unwrapped.Conversions(value).ConstantValue is { HasValue: true, Value: null };

    private static bool Reads(IMethodSymbol opening, ImmutableArray<IArgumentOperation> arguments, GuardContext guard) =>
        guard.Apis.Has(opening, ApiTraits.ReadsOnly) || (guard.Apis.Has(opening, ApiTraits.ReadsByMode) && AsksToRead(arguments, guard))
        || (IsStream(opening.ReturnType, guard) && AsksToRead(arguments, guard))
        || (IsFile(opening.MethodKind == MethodKind.Constructor ? opening.ContainingType : opening.ReturnType, guard)
        && HasNoBuffer(arguments, guard));

    private static bool IsFile(ITypeSymbol type, GuardContext guard) => SymbolEqualityComparer.Default.Equals(type, guard.Types.FileStream);

    // new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0)
    // File.Open(path, new FileStreamOptions { BufferSize = 1 }), File.Open(path, new FileStreamOptions { Access = FileAccess.Read })
    private static bool HasNoBuffer(ImmutableArray<IArgumentOperation> arguments, GuardContext guard)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == ParameterNames.BufferSize && IsNoBuffer(argument.Value)) return true;
            if (argument.Value.Type?.SpecialType != SpecialType.None) continue;
            var options = Unwrapped.Conversions(argument.Value);
            if ((options is ILocalReferenceOperation ? InitialValue.Of(options, guard) : options)
                is not IObjectCreationOperation { Initializer.Initializers: { Length: > 0 } settings })
                continue;
            foreach (var setting in settings)
            {
                if (setting is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var set }, Value: var value }
                    && ((PlatformMembers.FileBuffer.Is(set) && IsNoBuffer(value))
                    || (PlatformMembers.FileAccess.Is(set) && PlatformMembers.ReadMode.IsUse(value))))
                    return true;
            }
        }

        return false;
    }

    private static bool IsNoBuffer(IOperation size) => size.ConstantValue is { HasValue: true, Value: 0 or 1 };

    // Stream, FileStream
    private static bool IsStream(ITypeSymbol type, GuardContext guard)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, guard.Types.Stream)) return true;
        }

        return false;
    }

    // path.Open(FileMode.Open, FileAccess.Read), whatever type declares the method
    private static bool AsksToRead(ImmutableArray<IArgumentOperation> arguments, GuardContext guard)
    {
        foreach (var argument in arguments)
        {
            if (PlatformMembers.ReadMode.IsUse(argument.Value)) return true;
        }

        return false;
    }
}

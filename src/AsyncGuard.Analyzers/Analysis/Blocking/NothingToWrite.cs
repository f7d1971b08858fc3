using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking;

/// <summary>
/// A stream that has nothing to write when it closes, whatever it was opened for: the code only reads from it, or nothing is written on the
/// way from its opening to its end.
/// <code>
/// using var claim = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None); await RunAsync();
/// </code>
/// </summary>
internal static class NothingToWrite
{
    // Each method whose caller opens the file counts.
    private const int MaxSteps = 3;

    /// <summary>Whether that holds for the variable where a <c>using</c> or a call of <c>Dispose</c> or <c>Close</c> ends it.</summary>
    public static bool Has(ISymbol? variable, IOperation end, GuardContext guard)
    {
        if (variable is null) return false;
        if (OnlyRead.Is(variable, end, guard)) return true;
        var place = end is IInvocationOperation call ? Unwrapped.ConversionsOrNull(Unwrapped.ConditionalInstance(call)) : null;
        return IsOpenedUnwritten(variable, place, end, guard, MaxSteps);
    }

    /// <summary>Whether the resource is a file that has no name by which it could be written: <c>using (File.Create(path)) …</c></summary>
    public static bool IsUnnamed(IOperation resource, GuardContext guard) => Opens(resource, guard);

    private static bool IsOpenedUnwritten(ISymbol variable, IOperation? reference, IOperation place, GuardContext guard, int steps) =>
        steps > 0
        && variable switch
        {
            ILocalSymbol local => IsOpened(local, place, guard),
            IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter =>
                IsOpenedByCallers(method, parameter, guard, steps - 1),
            _ => false,
        }
        && !IsWrittenBefore(variable, reference, place, guard);

    private static bool IsOpened(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        var isOpened = false;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            IOperation? given;
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    given = initial;
                    break;
                case ISimpleAssignmentOperation assignment when VariableWrites.Refers(assignment.Target, local):
                    given = assignment.Value;
                    break;
                default:
                    if (VariableWrites.Is(operation, local)) return false;
                    continue;
            }

            if (IsNull(given)) continue;
            if (!Opens(given, guard)) return false;
            isOpened = true;
        }

        return isOpened;
    }

    // new FileStream(path, FileMode.Create), File.Create(path), info?.Open(FileMode.Create), large ? File.Create(path) : null
    private static bool Opens(IOperation value, GuardContext guard) => Unwrapped.Conversions(value) switch
    {
        IObjectCreationOperation creation => SymbolEqualityComparer.Default.Equals(creation.Type, guard.Types.FileStream),
        IInvocationOperation call => SymbolEqualityComparer.Default.Equals(call.Type, guard.Types.FileStream)
            && FrameworkNamespaces.IsInputOutput(call.TargetMethod.ContainingType),
        IConditionalAccessOperation access => Opens(access.WhenNotNull, guard),
        IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } =>
            (IsNull(first) || Opens(first, guard)) && (IsNull(second) || Opens(second, guard)),
        _ => false,
    };

    // Task WriteAsync(FileStream file), of which all callers stand in the same type
    private static bool IsOpenedByCallers(IMethodSymbol method, IParameterSymbol parameter, GuardContext guard, int steps)
    {
        if (method is not { DeclaredAccessibility: Accessibility.Private, MethodKind: MethodKind.Ordinary } || !guard.IsOurs(method))
            return false;
        var isCalled = false;
        foreach (var part in method.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != method.Name) continue;
                if (CallBy(name) is not { } syntax || Bodies.Of(guard).OperationOf(syntax) is not IInvocationOperation call) return false;
                if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition)) continue;
                if (!IsGivenUnwritten(call, parameter, guard, steps)) return false;
                isCalled = true;
            }
        }

        return isCalled;
    }

    private static InvocationExpressionSyntax? CallBy(IdentifierNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent as InvocationExpressionSyntax;
    }

    private static bool IsGivenUnwritten(IInvocationOperation call, IParameterSymbol parameter, GuardContext guard, int steps)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal != parameter.Ordinal) continue;
            var value = Unwrapped.Conversions(argument.Value);
            return IsNull(value) || (OnlyRead.VariableOf(value) is { } given && IsOpenedUnwritten(given, value, call, guard, steps));
        }

        return false;
    }

    private static bool IsNull(IOperation value) => Unwrapped.Conversions(value).ConstantValue is { HasValue: true, Value: null };

    private static bool IsWrittenBefore(ISymbol variable, IOperation? reference, IOperation place, GuardContext guard)
    {
        List<IOperation>? writes = null;
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not (ILocalReferenceOperation or IParameterReferenceOperation)
                || !SymbolEqualityComparer.Default.Equals(OnlyRead.VariableOf(operation), variable)
                || VariableWrites.Is(operation.Parent!, variable) || !OnlyRead.DoesMore(operation, guard))
                continue;
            (writes ??= new()).Add(operation);
        }

        if (writes is null) return false;

        // using var file = …: at its end, everything has been done
        if (reference is null) return true;
        foreach (var write in writes)
        {
            if (!ReferenceEquals(FlowGraphs.FunctionAround(write), FlowGraphs.FunctionAround(reference))) return true;
        }

        if (FlowGraphs.Inner(FlowGraphs.FunctionsAround(reference), new LazyGraph(reference).Create()) is not { } graph) return true;
        var paths = new EventPaths(graph, []);
        foreach (var write in writes)
        {
            if (paths.Leads(write.Syntax, [reference.Syntax]) != false) return true;
        }

        return false;
    }
}

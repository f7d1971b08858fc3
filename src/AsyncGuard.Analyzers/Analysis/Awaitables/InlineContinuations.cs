using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Awaitables;

/// <summary>A <c>TaskCompletionSource</c> whose awaiters continue inside the call that completes it.</summary>
internal static class InlineContinuations
{
    // Before .NET Framework 4.6 there was no such option.
    public static bool CanBeAvoided(GuardContext guard) =>
        guard.Types.TaskCreationOptions is { } options
        && !options.GetMembers(nameof(TaskCreationOptions.RunContinuationsAsynchronously)).IsEmpty;

    public static bool AreOf(IObjectCreationOperation creation, GuardContext guard) =>
        guard.Awaitables.IsCompletionSource(creation.Type)
        && !RunsAsynchronously(creation, guard) && !IsCompletedAtOnce(creation);

    // Options that are not constant are a decision of the author.
    private static bool RunsAsynchronously(IObjectCreationOperation creation, GuardContext guard)
    {
        foreach (var argument in creation.Arguments)
        {
            if (!SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskCreationOptions)) continue;
            return argument.Value.ConstantValue is not { HasValue: true, Value: int options }
                || (options & (int)TaskCreationOptions.RunContinuationsAsynchronously) != 0;
        }

        return false;
    }

    // var source = new TaskCompletionSource<int>(); source.SetResult(1); … : nothing can be waiting yet
    private static bool IsCompletedAtOnce(IObjectCreationOperation creation)
    {
        IOperation declaration = creation;
        while (declaration.Parent is IVariableInitializerOperation or IVariableDeclaratorOperation or IVariableDeclarationOperation
            or IVariableDeclarationGroupOperation or IConversionOperation)
            declaration = declaration.Parent;
        if (declaration is not IVariableDeclarationGroupOperation
            {
                Declarations: { Length: 1 } declarations,
                Parent: IBlockOperation block
            } || declarations[0].Declarators.Length != 1)
            return false;

        var next = block.Operations.IndexOf(declaration) + 1;
        return next < block.Operations.Length
            && block.Operations[next] is IExpressionStatementOperation
            {
                Operation: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var completed }, TargetMethod.Name: var name }
            }
            && SymbolEqualityComparer.Default.Equals(completed, declarations[0].Declarators[0].Symbol)
            && (name.StartsWith("Set", StringComparison.Ordinal) || name.StartsWith("TrySet", StringComparison.Ordinal));
    }
}

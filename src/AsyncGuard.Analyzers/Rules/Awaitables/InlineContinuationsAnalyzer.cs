using System;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0401: a <c>TaskCompletionSource</c> whose awaiters continue inside the call that completes it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InlineContinuationsAnalyzer() : GuardAnalyzer(RuleTable.InlineContinuations)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.TaskCompletionSourceOfT is null || !HasOption(guard)) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.ObjectCreation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type is not INamedTypeSymbol { Name: "TaskCompletionSource" } type || !IsSource(type, guard)) return;
        if (RunsAsynchronously(creation, guard) || IsCompletedAtOnce(creation)) return;
        if (RecordedCode.Is(creation, guard)) return;
        context.Report(RuleTable.InlineContinuations, creation.Syntax, type.Name);
    }

    // Before .NET Framework 4.6 there was no such option.
    private static bool HasOption(GuardContext guard) =>
        guard.Types.TaskCreationOptions is { } options && !options.GetMembers(nameof(TaskCreationOptions.RunContinuationsAsynchronously)).IsEmpty;

    private static bool IsSource(INamedTypeSymbol type, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, guard.Types.TaskCompletionSourceOfT)
        || SymbolEqualityComparer.Default.Equals(type, guard.Types.TaskCompletionSource);

    // Options that are not constant are somebody's decision.
    private static bool RunsAsynchronously(IObjectCreationOperation creation, GuardContext guard)
    {
        foreach (var argument in creation.Arguments)
        {
            if (!SymbolEqualityComparer.Default.Equals(argument.Parameter?.Type, guard.Types.TaskCreationOptions)) continue;
            return argument.Value.ConstantValue is not { HasValue: true, Value: int options } || (options & (int)TaskCreationOptions.RunContinuationsAsynchronously) != 0;
        }

        return false;
    }

    // var source = new TaskCompletionSource<int>(); source.SetResult(1); … : nobody can be waiting yet
    private static bool IsCompletedAtOnce(IObjectCreationOperation creation)
    {
        IOperation declaration = creation;
        while (declaration.Parent is IVariableInitializerOperation or IVariableDeclaratorOperation or IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IConversionOperation) declaration = declaration.Parent;
        if (declaration is not IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations, Parent: IBlockOperation block } || declarations[0].Declarators.Length != 1) return false;

        var next = block.Operations.IndexOf(declaration) + 1;
        return next < block.Operations.Length
            && block.Operations[next] is IExpressionStatementOperation { Operation: IInvocationOperation { Instance: ILocalReferenceOperation { Local: var completed }, TargetMethod.Name: var name } }
            && SymbolEqualityComparer.Default.Equals(completed, declarations[0].Declarators[0].Symbol)
            && (name.StartsWith("Set", StringComparison.Ordinal) || name.StartsWith("TrySet", StringComparison.Ordinal));
    }
}

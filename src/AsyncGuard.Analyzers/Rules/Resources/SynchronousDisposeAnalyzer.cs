using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>AGD0505: what can be disposed asynchronously is disposed synchronously in async code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SynchronousDisposeAnalyzer() : GuardAnalyzer(RuleTable.SynchronousDispose)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.AsyncDisposable is null) return;
        start.RegisterOperationAction(context => CheckStatement(context, guard), OperationKind.Using);
        start.RegisterOperationAction(context => CheckDeclaration(context, guard), OperationKind.UsingDeclaration);
        start.RegisterOperationAction(context => CheckCall(context, guard), OperationKind.Invocation);
    }

    private static void CheckStatement(OperationAnalysisContext context, GuardContext guard)
    {
        var use = (IUsingOperation)context.Operation;
        if (use.IsAsynchronous || IsOnlyMade(use)) return;
        if (use.Resources is IVariableDeclarationGroupOperation variables) CheckVariables(context, variables, guard);
        else if (SyncDisposal.Is(use.Resources, TypeOf(use.Resources), guard)
            && !NothingToWrite.Has(OnlyRead.VariableOf(use.Resources), use, guard)
            && !NothingToWrite.IsUnnamed(use.Resources, guard)
            && !ClosedBefore.IsInside(OnlyRead.VariableOf(use.Resources), use, call => IsDisposal(call, guard)))
            Report(context, use.Resources, TypeOf(use.Resources)!, context.Operation.Syntax.GetFirstToken().GetLocation(), guard);
    }

    private static void CheckDeclaration(OperationAnalysisContext context, GuardContext guard)
    {
        var use = (IUsingDeclarationOperation)context.Operation;
        if (!use.IsAsynchronous) CheckVariables(context, use.DeclarationGroup, guard);
    }

    private static void CheckVariables(OperationAnalysisContext context, IVariableDeclarationGroupOperation variables, GuardContext guard)
    {
        foreach (var declaration in variables.Declarations)
        {
            foreach (var variable in declaration.Declarators)
            {
                // using IDisposable file = new FileStream(…)
                var type = variable.Symbol.Type.SpecialType == SpecialType.System_IDisposable
                    && variable.Initializer is { Value: var value } ? TypeOf(value) : variable.Symbol.Type;
                if (type is null || !SyncDisposal.Is(variable.Initializer?.Value, type, guard)
                    || ClosedBefore.IsByOwner(variable.Symbol, context.Operation)
                    || NothingToWrite.Has(variable.Symbol, context.Operation, guard)
                    || ClosedBefore.IsInside(variable.Symbol, context.Operation, call => IsDisposal(call, guard)))
                    continue;
                Report(context, variable.Initializer?.Value, type, context.Operation.Syntax.GetFirstToken().GetLocation(), guard);
                return;
            }
        }
    }

    private static void CheckCall(OperationAnalysisContext context, GuardContext guard)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!IsNamedDisposal(call, guard) || (ConventionalNames.Closes(call.TargetMethod.Name) && ClosedBefore.IsFlushed(call))) return;
        if (IsMadeThere(call.Instance) || SyncDisposal.IsOfProcess(call.Instance, guard)) return;
        if (SyncDisposal.Is(Unwrapped.ConditionalInstance(call), TypeOf(call.Instance!), guard) && !ClosedBefore.Is(call)
            && !NothingToWrite.Has(OnlyRead.VariableOf(call.Instance), call, guard))
            Report(context, call.Instance, TypeOf(call.Instance!)!, call.Syntax.GetLocation(), guard);
    }

    private static bool IsNamedDisposal(IInvocationOperation call, GuardContext guard) =>
        call.TargetMethod is { Parameters.IsEmpty: true, IsStatic: false } method && ConventionalNames.ClosesOrDisposes(method.Name)
        && !IsOwn(call) && (!ConventionalNames.Closes(method.Name) || SyncDisposal.IsClose(method, guard));

    // file.Close(), which is reported itself, or has nothing left to write
    private static bool IsDisposal(IInvocationOperation call, GuardContext guard) =>
        IsNamedDisposal(call, guard) && SyncDisposal.Is(Unwrapped.ConditionalInstance(call), TypeOf(call.Instance!), guard);

    // async ValueTask DisposeAsync() { …; Dispose(); }
    private static bool IsOwn(IInvocationOperation call) => call.Instance is null or IInstanceReferenceOperation;

    // File.Create(path).Close(), new FileStream(path, FileMode.CreateNew).Dispose(): nothing was written
    private static bool IsMadeThere(IOperation? receiver) =>
        Unwrapped.ConversionsOrNull(receiver) is IObjectCreationOperation or IInvocationOperation { TargetMethod.IsStatic: true };

    // using (File.Create(path)) { }, using (var file = File.Create(path)) { }
    private static bool IsOnlyMade(IUsingOperation use) => use.Body is IBlockOperation { Operations.IsEmpty: true } or IEmptyOperation
        && IsMadeThere(use.Resources is IVariableDeclarationGroupOperation { Declarations: { Length: 1 } declarations }
        && declarations[0].Declarators is { Length: 1 } declarators ? declarators[0].Initializer?.Value : use.Resources);

    private static ITypeSymbol? TypeOf(IOperation resource)
    {
        // ((IDisposable)stream).Dispose()
        resource = Unwrapped.Conversions(resource);
        return resource.Type;
    }

    private static void Report(OperationAnalysisContext context, IOperation? value, ITypeSymbol type, Location location, GuardContext guard)
    {
        var place = CodeContext.Of(context.Operation, context.ContainingSymbol, guard);
        if (!place.IsAsync || SynchronousMode.Is(context.Operation, WellKnownMember.DisposeAsync)) return;

        var hint = place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        context.ReportDiagnostic(Diagnostic.Create(RuleTable.SynchronousDispose, location, hint, type.Name, place.Obstacle.Explain(),
            SyncDisposal.IsScope(value, guard) ? " with 'CreateAsyncScope'" : ""));
    }
}

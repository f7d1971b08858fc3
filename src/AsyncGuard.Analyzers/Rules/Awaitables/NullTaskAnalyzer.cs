using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Awaitables;

/// <summary>AGD0402: null in the place of a task, which fails where it is awaited.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullTaskAnalyzer() : GuardAnalyzer(RuleTable.NullTask)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.Task is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Return);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        if (context.Operation is IReturnOperation { ReturnedValue: { } value } && guard.Awaitables.IsTask(value.Type)
            && !NoReturn.Precedes(context.Operation, guard))
            Look(value, context, guard);
    }

    // null, default, cond ? null : RunAsync(), RunAsync() ?? null, kind switch { … => null }
    private static void Look(IOperation value, OperationAnalysisContext context, GuardContext guard)
    {
        if (NullTask.IsNull(value))
        {
            Report(value, context, guard);
            return;
        }

        switch (value)
        {
            case IConversionOperation conversion:
                Look(conversion.Operand, context, guard);
                break;
            case IConditionalOperation { WhenFalse: { } whenFalse } choice:
                Look(choice.WhenTrue, context, guard);
                Look(whenFalse, context, guard);
                break;
            case ICoalesceOperation choice:
                Look(choice.WhenNull, context, guard);
                break;
            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms) Look(arm.Value, context, guard);
                break;
        }
    }

    private static void Report(IOperation value, OperationAnalysisContext context, GuardContext guard)
    {
        var lambda = FlowGraphs.FunctionAround(value);
        var function = lambda switch
        {
            IAnonymousFunctionOperation anonymous => anonymous.Symbol,
            ILocalFunctionOperation local => local.Symbol,
            _ => context.ContainingSymbol as IMethodSymbol,
        };
        if (function is null || function.IsAsync || !guard.Awaitables.IsTask(function.ReturnType)) return;
        if (NullTask.IsDeclared(function, lambda) || NullTask.IsEcho(value, guard) || RecordedCode.Is(value, guard)
            || NullTests.AreMadeOf(function, lambda))
            return;

        var name = function.MethodKind == MethodKind.AnonymousFunction ? "The lambda" : MemberNames.Short(function);
        context.Report(RuleTable.NullTask, Whole(value.Syntax), name,
            SymbolEqualityComparer.Default.Equals(function.ReturnType, guard.Types.Task) ? "'Task.CompletedTask'" : "'Task.FromResult'");
    }

    // null!
    private static SyntaxNode Whole(SyntaxNode node)
    {
        while (node.Parent is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
            node = node.Parent;
        return node;
    }
}

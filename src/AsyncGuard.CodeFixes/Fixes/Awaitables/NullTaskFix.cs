using System.Composition;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Awaitables;

/// <summary><c>return null;</c> → <c>return Task.CompletedTask;</c>, or a task that has null as its result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NullTaskFix() : GuardFix(RuleTable.NullTask)
{
    private const string Key = "AGD0402.Completed";

    private static readonly SymbolDisplayFormat Name =
        SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } place) return null;
        while (place.Parent is PostfixUnaryExpressionSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax)
            place = (ExpressionSyntax)place.Parent;
        if (fix.Model.GetEnclosingSymbol(place.SpanStart, fix.CancellationToken) is not IMethodSymbol { ReturnType: INamedTypeSymbol task })
            return null;
        if (Completed(task, place, fix) is not { } completed) return null;

        var title = task.Arity == 0 ? "Return 'Task.CompletedTask'" : "Return 'Task.FromResult'";
        return new FixPlan(title, Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            edits.Replace(place, current => ParseExpression(completed).WithTriviaFrom(current));
            KnownImports.AddTask(edits, place, fix);
        });
    }

    private static string? Completed(INamedTypeSymbol task, ExpressionSyntax place, FixContext fix)
    {
        if (SymbolEqualityComparer.Default.Equals(task, fix.Guard.Types.Task))
            return task.GetMembers("CompletedTask").IsEmpty ? "Task.FromResult(true)" : "Task.CompletedTask";
        if (!SymbolEqualityComparer.Default.Equals(task.OriginalDefinition, fix.Guard.Types.TaskOfT)) return null;

        var result = task.TypeArguments[0];
        var name = result.ToMinimalDisplayString(fix.Model, place.SpanStart, Name);
        if (result is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
            return $"Task.FromResult(default({name}))";

        // A result that cannot be null would only bring another warning: what it should be is not known.
        var isNullable = result.NullableAnnotation != NullableAnnotation.NotAnnotated
            || !fix.Model.GetNullableContext(place.SpanStart).WarningsEnabled();
        var isSuppressed = place.DescendantNodesAndSelf().Any(node => node.IsKind(SyntaxKind.SuppressNullableWarningExpression));
        if (!isNullable && !isSuppressed) return null;
        var value = result is ITypeParameterSymbol { IsReferenceType: false } ? $"default({name})" : "null";
        return $"Task.FromResult<{name}>({value}{(isNullable ? "" : "!")})";
    }
}

using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>A private field that keeps a task which its type starts, and never awaits, asks or hands on.</summary>
internal static class UnawaitedTaskField
{
    /// <summary>
    /// Adds the names of those whose task is started with a token of the source, where this call of <c>Cancel</c> is the one to speak of.
    /// </summary>
    public static void AddStartedWith(ISymbol source, IOperation cancel, INamedTypeSymbol type, GuardContext guard, ref List<string>? names)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false } field
                || !guard.Awaitables.IsTask(field.Type))
                continue;
            if (IsForgotten(field, source, cancel.Syntax, guard) && IsFirstCancel(source, cancel.Syntax, type))
                (names ??= new List<string>()).Add(field.Name);
        }
    }

    private static bool IsForgotten(IFieldSymbol field, ISymbol source, SyntaxNode cancel, GuardContext guard)
    {
        var isStarted = false;
        foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != field.Name) continue;
                var whole = Unwrapped.FullName(name);
                if (whole.Parent is AssignmentExpressionSyntax assignment && assignment.Left == whole && IsStatement(assignment))
                {
                    if (!IsStart(assignment.Right, source, cancel, guard)) continue;

                    // _cts.Cancel(); _cts = new(); _task = RunAsync(_cts.Token): the next one takes over
                    if (assignment.SpanStart > cancel.SpanStart && MemberAround(assignment) == MemberAround(cancel)) return false;
                    isStarted = true;
                }
                else if (!IsLookedPast(whole))
                {
                    return false;
                }
            }
        }

        return isStarted;
    }

    // _task = …; and void Start() => _task = …
    private static bool IsStatement(AssignmentExpressionSyntax assignment) =>
        assignment.Parent is ExpressionStatementSyntax
        or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax } };

    // _task = RunAsync(_cts.Token), _task = Task.Run(LoopAsync)
    private static bool IsStart(ExpressionSyntax value, ISymbol source, SyntaxNode cancel, GuardContext guard)
    {
        if (source is not IFieldSymbol && MemberAround(value) != MemberAround(cancel)) return false;
        if (value is LiteralExpressionSyntax || Bodies.Of(guard).OperationOf(value) is not { } operation) return false;

        var starts = new List<IOperation>();
        TaskStarts.AddFrom(operation, starts, guard);
        if (starts.Count == 0) return false;
        var reach = SourceAliases.In(Bodies.Of(guard).OperationOf(MemberAround(value)!) ?? FlowGraphs.RootOf(operation), source, guard);
        foreach (var start in starts)
        {
            if (!StartedTask.IsDelay(start) && reach.AreIn(start)) return true;
        }

        return false;
    }

    // _task != null, _task is null, _task?.Dispose()
    private static bool IsLookedPast(ExpressionSyntax task) => task.Parent switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison =>
            IsNull(comparison.Left) || IsNull(comparison.Right),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax or UnaryPatternSyntax { Pattern: ConstantPatternSyntax } } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.Dispose } access => access.Expression == task,
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax
            {
                Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.Dispose }
            }
        } => true,
        _ => false,
    };

    /// <summary>
    /// One report for a field: at the first call that cancels the source in a method that returns something to await, else at the first.
    /// </summary>
    private static bool IsFirstCancel(ISymbol source, SyntaxNode cancel, INamedTypeSymbol type)
    {
        if (source is not IFieldSymbol) return true;
        SyntaxNode? first = null;
        foreach (var part in type.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != source.Name
                    || !IsCancelled(Unwrapped.FullName(name)))
                    continue;
                if (first is null || (!CanAwait(first) && CanAwait(node))) first = node;
            }
        }

        // var stopping = _stopping; stopping.Cancel()
        return first is null || (first.SyntaxTree == cancel.SyntaxTree && (cancel.Parent ?? cancel).Span.Contains(first.Span));
    }

    private static bool IsCancelled(ExpressionSyntax source) => source.Parent switch
    {
        MemberAccessExpressionSyntax access =>
            access.Expression == source && WellKnownMember.CancelsSource(access.Name.Identifier.ValueText),
        ConditionalAccessExpressionSyntax
        {
            WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding }
        } =>
                WellKnownMember.CancelsSource(binding.Name.Identifier.ValueText),
        _ => false,
    };

    private static bool CanAwait(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { ReturnType: not PredefinedTypeSyntax };

    private static bool IsNull(ExpressionSyntax value) => value.IsKind(SyntaxKind.NullLiteralExpression);

    private static MemberDeclarationSyntax? MemberAround(SyntaxNode node) => node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
}

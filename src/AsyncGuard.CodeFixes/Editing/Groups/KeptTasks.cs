using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Editing.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>The expressions that start what a local keeps, as a group would start them.</summary>
internal static class KeptTasks
{
    /// <summary>Each start and the place where it runs; null where one is not to be seen, such as a method group.</summary>
    public static List<(ExpressionSyntax Start, SyntaxNode Place)>? StartsOf(TaskHolder holder)
    {
        var starts = new List<(ExpressionSyntax, SyntaxNode)>();
        foreach (var start in holder.Starts)
        {
            if (start.Syntax is not InvocationExpressionSyntax call) return null;
            if (!holder.IsCollection || !IsSelection(call, start))
            {
                var whole = Whole(call);
                starts.Add((whole, whole));
            }
            else if (Selector(call) is { } selected)
            {
                starts.Add((selected, call));
            }
            else
            {
                return null;
            }
        }

        return starts;
    }

    /// <summary>
    /// The declaration of a local of which nothing is left when its tasks are a group's: an empty list that is only added to, a task that
    /// is never read.
    /// </summary>
    public static LocalDeclarationStatementSyntax? Obsolete(TaskHolder holder, SyntaxNode declaration)
    {
        if (declaration is not VariableDeclaratorSyntax
            {
                Initializer.Value: var value,
                Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement }
            })
            return null;
        if (!holder.IsCollection)
            return holder.Uses.Count == 0 && holder.Starts.Count == 1 && Whole((ExpressionSyntax)holder.Starts[0].Syntax) == value
                ? statement : null;
        if (UnwrapUsing.HasComment(statement)
            || value is not BaseObjectCreationExpressionSyntax
            {
                ArgumentList: null or { Arguments.Count: 0 },
                Initializer: null or { Expressions.Count: 0 }
            })
            return null;
        return holder.Uses.All(IsAddOfAStart) ? statement : null;

        bool IsAddOfAStart(TaskHolderUse use) =>
            use.Fate is
            {
                Kind: TaskFateKind.Written,
                Place.Syntax: InvocationExpressionSyntax
                {
                    Parent: ExpressionStatementSyntax,
                    ArgumentList.Arguments: { Count: 1 } arguments,
                },
            }
            && holder.Starts.Any(start => Whole((ExpressionSyntax)start.Syntax) == arguments[0].Expression);
    }

    // items.Select(…), items.Select(…).ToList()
    private static bool IsSelection(InvocationExpressionSyntax call, IOperation start) =>
        start.Type is INamedTypeSymbol { TypeKind: TypeKind.Interface } && call.ArgumentList.Arguments.Count > 0;

    // id => LoadAsync(id), async id => await LoadAsync(id)
    private static ExpressionSyntax? Selector(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.Last().Expression switch
    {
        LambdaExpressionSyntax { AsyncKeyword.RawKind: not 0 } asynchronous => asynchronous,
        LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax body } => body,
        _ => null,
    };

    // a?.RunAsync(), RunAsync().ConfigureAwait(false)
    private static ExpressionSyntax Whole(ExpressionSyntax call) => ConfiguredTask.Around(NullConditional.WholeOf(call));
}

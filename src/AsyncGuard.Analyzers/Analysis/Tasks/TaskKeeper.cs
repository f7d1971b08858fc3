using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tasks;

/// <summary>
/// Recognises extension methods of tasks that are written to take care of them: <c>static Task LogExceptions(this Task task)</c>, which
/// sees every failure of the task passed to it.
/// </summary>
internal static class TaskKeeper
{
    public static bool Is(IMethodSymbol method, GuardContext guard)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!method.IsExtensionMethod || method.Parameters.Length == 0 || method.Parameters[0] is not { Type: var type } task
            || !(guard.Awaitables.IsTask(type) || guard.Awaitables.IsValueTask(type)))
            return false;
        foreach (var declaration in method.DeclaringSyntaxReferences)
        {
            foreach (var node in declaration.GetSyntax().DescendantNodes())
            {
                if (Awaits(node, task.Name) || Continues(node, task.Name)) return true;
            }
        }

        return false;
    }

    // try { await task; } catch (Exception e) { … }
    private static bool Awaits(SyntaxNode node, string task)
    {
        if (node is not AwaitExpressionSyntax awaited || !Names(awaited.Expression, task)) return false;
        for (var current = node;
            current is not null and not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
            current = current.Parent)
        {
            if (current is not BlockSyntax { Parent: TryStatementSyntax attempt } || attempt.Block != current) continue;
            foreach (var handler in attempt.Catches)
            {
                if (handler.Filter is null && (handler.Declaration is null || IsException(handler.Declaration.Type))) return true;
            }
        }

        return false;
    }

    private static bool IsException(TypeSyntax type) =>
        ((type as QualifiedNameSyntax)?.Right ?? type) is IdentifierNameSyntax { Identifier.ValueText: var name }
        && ApiTypes.Exception.IsNamed(name);

    // task.ContinueWith(t => Log(t.Exception), TaskContinuationOptions.OnlyOnFaulted)
    private static bool Continues(SyntaxNode node, string task)
    {
        if (node is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax
                {
                    Name.Identifier.ValueText: var method,
                    Expression: var receiver
                }, ArgumentList: var arguments
            } || !TaskMembers.ContinueWith.IsNamed(method) || !Names(receiver, task))
            return false;
        foreach (var token in arguments.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && TaskMembers.LooksAtFailure.IsNamed(token.ValueText)) return true;
        }

        return false;
    }

    // task, task.ConfigureAwait(false)
    private static bool Names(ExpressionSyntax expression, string task) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText == task,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: var method,
                Expression: var inner
            }
        } => ConventionalNames.KeepsWork(method) && Names(inner, task),
        ParenthesizedExpressionSyntax { Expression: var inner } => Names(inner, task),
        _ => false,
    };
}

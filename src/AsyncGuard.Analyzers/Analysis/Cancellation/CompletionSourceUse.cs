using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Whether a <c>TaskCompletionSource</c> that code holds by a name is ended by a cancellation already.</summary>
internal static class CompletionSourceUse
{
    /// <summary>Whether nothing that names the source has to do with cancellation, where all of its uses can be seen.</summary>
    public static bool IgnoresCancellation(IOperation source, TokenCandidate token, GuardContext guard)
    {
        switch (source)
        {
            case ILocalReferenceOperation { Local: var local }:
                return IsMadeHere(local, source, guard) && Ignores(FlowGraphs.RootOf(source).Syntax, local.Name, token);

            case IFieldReferenceOperation
            {
                Instance: null or IInstanceReferenceOperation,
                Field: { DeclaredAccessibility: Accessibility.Private } field
            }:
                foreach (var part in field.ContainingType.DeclaringSyntaxReferences)
                {
                    if (!Ignores(part.GetSyntax(), field.Name, token)) return false;
                }

                return true;

            default:
                return false;
        }
    }

    // var source = new TaskCompletionSource(); but not = _pending[id], which others have had as well
    private static bool IsMadeHere(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        if (local.DeclaringSyntaxReferences.Length != 1
            || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: var value })
            return false;
        return value is BaseObjectCreationExpressionSyntax && guard.Awaitables.IsCompletionSource(local.Type)
            && !VariableWrites.IsWritten(local, place);
    }

    private static bool Ignores(SyntaxNode code, string name, TokenCandidate token)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var word } used) continue;
            if (IsRegistration(used) || (word == name && (IsCancelled(used) || IsBesideToken(used, token)))) return false;
        }

        return true;
    }

    // token.Register(…): whatever it does, it may end the wait
    private static bool IsRegistration(IdentifierNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
        && CancellationMembers.Register.IsNamed(name.Identifier.ValueText);

    // source.TrySetCanceled(token), source?.SetCanceled()
    private static bool IsCancelled(IdentifierNameSyntax source)
    {
        SyntaxNode whole = source.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : source;
        return whole.Parent switch
        {
            MemberAccessExpressionSyntax used => used.Expression == whole && Cancels(used.Name),
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax used }
            } => Cancels(used.Name),
            _ => false,
        };
    }

    private static bool Cancels(SimpleNameSyntax member) => TaskMembers.SetsCancelled.IsNamed(member.Identifier.ValueText);

    // Start(() => source.SetResult(), token), Start(source, _stopping.Token): code that receives both may end the one with the other
    private static bool IsBesideToken(IdentifierNameSyntax source, TokenCandidate token)
    {
        for (SyntaxNode? node = source; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            if (node is BaseArgumentListSyntax or InitializerExpressionSyntax && Mentions(node, token.Owner.Name)) return true;
        }

        return false;
    }

    private static bool Mentions(SyntaxNode code, string name)
    {
        foreach (var node in code.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var used }
                && (used == name || ConventionalNames.MayBeToken(used)))
                return true;
        }

        return false;
    }
}

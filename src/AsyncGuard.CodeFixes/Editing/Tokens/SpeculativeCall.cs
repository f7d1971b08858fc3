using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Tokens;

/// <summary>
/// A call that is bound in the place of another, with the statement around it, so that <c>a?.Call()</c> and lambdas bind as they would in
/// the file.
/// </summary>
internal sealed class SpeculativeCall
{
    private static readonly SyntaxAnnotation Tried = new("AsyncGuard.Tried");

    private SpeculativeCall(SemanticModel model, InvocationExpressionSyntax node, IInvocationOperation? operation)
    {
        Model = model;
        Node = node;
        Operation = operation;
    }

    public SemanticModel Model { get; }

    public InvocationExpressionSyntax Node { get; }

    /// <summary>What the call does, or null where it does not bind.</summary>
    public IInvocationOperation? Operation { get; }

    /// <summary>Binds a call in the place of the original one; null where the place is not code.</summary>
    public static SpeculativeCall? Bind(InvocationExpressionSyntax original, InvocationExpressionSyntax call, FixContext fix)
    {
        var tried = call.WithAdditionalAnnotations(Tried);
        var holder =
            original.FirstAncestorOrSelf<SyntaxNode>(
            node => node is StatementSyntax or ArrowExpressionClauseSyntax
                or EqualsValueClauseSyntax { Parent.Parent.Parent: MemberDeclarationSyntax } or ConstructorInitializerSyntax);
        if (holder?.ReplaceNode(original, tried) is not { } replaced) return null;

        SemanticModel? model = null;
        var isBound = replaced switch
        {
            StatementSyntax statement => fix.Model.TryGetSpeculativeSemanticModel(holder.SpanStart, statement, out model),
            ArrowExpressionClauseSyntax arrow => fix.Model.TryGetSpeculativeSemanticModel(holder.SpanStart, arrow, out model),
            EqualsValueClauseSyntax value => fix.Model.TryGetSpeculativeSemanticModel(holder.SpanStart, value, out model),
            ConstructorInitializerSyntax initializer => fix.Model.TryGetSpeculativeSemanticModel(holder.SpanStart, initializer, out model),
            _ => false,
        };
        if (!isBound || model is null) return null;

        var node = (InvocationExpressionSyntax)replaced.GetAnnotatedNodes(Tried).Single();
        return new SpeculativeCall(model, node, model.GetOperation(node, fix.CancellationToken) as IInvocationOperation);
    }
}

using System.Threading;
using System.Threading.Tasks;
using AsyncGuard.Analysis;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Plans;

/// <summary>The finding that a fix looks at, with everything it may ask.</summary>
internal sealed class FixContext
{
    private FixContext(Document document, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node, SemanticModel model,
        CancellationToken cancellationToken)
    {
        Document = document;
        Diagnostic = diagnostic;
        Root = root;
        Node = node;
        Model = model;
        Guard = GuardContext.For(model.Compilation, document.Project.AnalyzerOptions);
        CancellationToken = cancellationToken;
    }

    public Document Document { get; }

    public Diagnostic Diagnostic { get; }

    public SyntaxNode Root { get; }

    /// <summary>The node whose span was reported.</summary>
    public SyntaxNode Node { get; }

    public SemanticModel Model { get; }

    public GuardContext Guard { get; }

    public CancellationToken CancellationToken { get; }

    public static async Task<FixContext?> CreateAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)) return null;
        var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        return new FixContext(document, diagnostic, root, node, model, cancellationToken);
    }

    /// <summary>The same question about another document of the solution.</summary>
    public async Task<FixContext?> InAsync(Document document)
    {
        if (document.Id == Document.Id) return this;
        var root = await document.GetSyntaxRootAsync(CancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(CancellationToken).ConfigureAwait(false);
        return root is null || model is null ? null : new FixContext(document, Diagnostic, root, root, model, CancellationToken);
    }

    public bool HasHint(string hint) => Diagnostic.Properties.ContainsKey(hint);

    public IOperation? OperationOf(SyntaxNode node) => Model.GetOperation(node, CancellationToken);

    /// <summary>The method, property or field that holds the node, whatever lambdas and local functions lie between.</summary>
    public ISymbol? MemberOf(SyntaxNode node)
    {
        var symbol = Model.GetEnclosingSymbol(node.SpanStart, CancellationToken);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }
}

using System.Collections.Concurrent;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// Methods that only hand out a sequence which blocks where it is enumerated, as an iterator does:
/// <code>
/// IEnumerable&lt;Row&gt; Rows() => queue.GetConsumingEnumerable();
/// IEnumerable&lt;Row&gt; Fresh() => Rows().Where(r => r.IsFresh);
/// </code>
/// </summary>
internal sealed class HandedSequences(GuardContext guard)
{
    private static readonly Engine<HandedSequences> Engine = new(static guard => new HandedSequences(guard));

    private readonly ConcurrentDictionary<ISymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public static HandedSequences Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether calling the method only makes an object that runs the body when it is enumerated.</summary>
    public bool IsIterator(IMethodSymbol method) =>
        guard.IsOurs(method) ? Bodies.IsIterator(method) || IsHandedOut(method) : BlockingSummaries.Of(guard).IsIterator(method);

    /// <summary>Whether calling the method does nothing but make the sequence.</summary>
    public bool IsHandedOut(IMethodSymbol method)
    {
        if (!Enumeration.IsSequence(method.ReturnType, guard) || method.DeclaringSyntaxReferences.Length != 1) return false;
        var definition = method.OriginalDefinition;
        if (_known.TryGetValue(definition, out var known)) return known;

        // One that hands out what it hands out itself is none.
        _known[definition] = false;
        return _known[definition] = Returned(definition.DeclaringSyntaxReferences[0].GetSyntax()) is { } value
            && IsSequence(Bodies.Of(guard).OperationOf(value));
    }

    private bool IsSequence(IOperation? value) => Enumeration.SourceOf(value, guard) switch
    {
        IInvocationOperation { TargetMethod: var method } when guard.IsOurs(method) =>
            IsIterator((method.ReducedFrom ?? method).OriginalDefinition),
        IInvocationOperation { TargetMethod: var method } =>
            Enumeration.IsSequence(method.ReturnType, guard) && guard.Apis.Has(method.ReducedFrom ?? method, ApiTraits.Blocks),
        _ => false,
    };

    private static ExpressionSyntax? Returned(SyntaxNode declaration) => declaration switch
    {
        MethodDeclarationSyntax { ExpressionBody: { Expression: var value } } => value,
        MethodDeclarationSyntax { Body.Statements: { Count: 1 } statements } => (statements[0] as ReturnStatementSyntax)?.Expression,
        LocalFunctionStatementSyntax { ExpressionBody: { Expression: var value } } => value,
        LocalFunctionStatementSyntax { Body.Statements: { Count: 1 } statements } => (statements[0] as ReturnStatementSyntax)?.Expression,
        ArrowExpressionClauseSyntax { Expression: var value } => value,
        _ => null,
    };
}

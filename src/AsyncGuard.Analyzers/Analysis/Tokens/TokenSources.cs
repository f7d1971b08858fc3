using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>What happens to the source that a token comes from.</summary>
internal static class TokenSources
{
    /// <summary>Whether the value of a token can be cancelled, and by other code than that around the place.</summary>
    public static bool IsAlive(ExpressionSyntax value, IOperation place) =>
        !IsConstant(value) && !(SourceOf(value) is { } source && IsCancelledAround(place.Syntax, source));

    // default, CancellationToken.None, new CancellationToken(true)
    public static bool IsConstant(ExpressionSyntax value) => value switch
    {
        LiteralExpressionSyntax or DefaultExpressionSyntax or BaseObjectCreationExpressionSyntax => true,
        MemberAccessExpressionSyntax access => CancellationMembers.None.IsNamed(access.Name.Identifier.ValueText),
        _ => false,
    };

    // using var linked = CancellationTokenSource.CreateLinkedTokenSource(token), or one with a time limit: another source stands for
    // something else than the work at hand
    public static bool IsLinked(VariableDeclaratorSyntax declaration, IOperation place, GuardContext guard) =>
        declaration.Initializer is { Value: var value }
        && place.SemanticModel is { } model && model.SyntaxTree == declaration.SyntaxTree
        && (IsLimited(value)
        || (value is InvocationExpressionSyntax linked
        && model.GetSymbolInfo(linked).Symbol is IMethodSymbol { IsStatic: true, ContainingType: var type } && guard.Tokens.IsSource(type)))
        && !IsCancelledAround(declaration, declaration.Identifier.ValueText, untilDisposed: true);

    // using var limit = new CancellationTokenSource(1000)
    private static bool IsLimited(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: > 0 };

    /// <summary>
    /// Whether the member around a node cancels, replaces or (unless that is its ordinary end) disposes the source of this name.
    /// </summary>
    public static bool IsCancelledAround(SyntaxNode node, string source, bool untilDisposed = false)
    {
        var member =
            node.FirstAncestorOrSelf<SyntaxNode>(
            ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);

        // Console.CancelKeyPress += (_, _) => source.Cancel(): that is other code, at any time
        foreach (var descendant in member!.DescendantNodes(inner => inner is not AnonymousFunctionExpressionSyntax
            || inner.Span.Contains(node.Span)))
        {
            switch (descendant)
            {
                case MemberAccessExpressionSyntax access when Ends(access.Name, untilDisposed) && NameOf(access.Expression) == source:
                case ConditionalAccessExpressionSyntax
                {
                    WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding }
                } conditional
                        when Ends(binding.Name, untilDisposed) && NameOf(conditional.Expression) == source:
                case AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == source:
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a field or property that holds a source gets another one after its object is made, so that it stands for one operation and
    /// not for the object.
    /// </summary>
    public static bool IsReplaced(ISymbol holder)
    {
        if (holder is IPropertySymbol { SetMethod: null, IsIndexer: false } computed) return IsOfReplaced(computed);
        if (holder is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) return false;
        if (holder.DeclaringSyntaxReferences.IsEmpty) return true;
        foreach (var part in holder.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes(inner => inner is not ConstructorDeclarationSyntax))
            {
                if (Writes(node, holder.Name)) return true;
            }
        }

        return false;
    }

    // CancellationToken Token => _source.Token; of a source that is made anew
    private static bool IsOfReplaced(IPropertySymbol computed)
    {
        foreach (var reference in computed.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not PropertyDeclarationSyntax property) continue;
            var getter = (SyntaxNode?)property.ExpressionBody ?? property.AccessorList;
            if (getter is null) continue;
            foreach (var node in getter.DescendantNodes())
            {
                if (node is not IdentifierNameSyntax name || name.Identifier.ValueText == computed.Name) continue;
                foreach (var member in computed.ContainingType.GetMembers(name.Identifier.ValueText))
                {
                    // Not through one more property: two of them may name each other.
                    if (member is IFieldSymbol or IPropertySymbol { SetMethod: not null } && IsReplaced(member)) return true;
                }
            }
        }

        return false;
    }

    /// <summary>The source in a field of the type whose token a property is: <c>Token => _source.Token</c>; null for any other.</summary>
    public static ISymbol? SourceShownBy(ISymbol holder, GuardContext guard)
    {
        if (holder is not IPropertySymbol { SetMethod: null, IsIndexer: false } property) return null;
        foreach (var reference in property.DeclaringSyntaxReferences)
        {
            if (GivenBy(reference.GetSyntax()) is not { } given || SourceOf(given) is not { } name) continue;
            foreach (var member in property.ContainingType.GetMembers(name))
            {
                if (member is IFieldSymbol field && guard.Tokens.IsSource(field.Type)) return field;
            }
        }

        return null;
    }

    // Token => _source.Token; Token { get => _source.Token; } Token { get { return _source.Token; } }
    private static ExpressionSyntax? GivenBy(SyntaxNode declaration) => declaration switch
    {
        PropertyDeclarationSyntax { ExpressionBody.Expression: var given } => given,
        PropertyDeclarationSyntax { AccessorList.Accessors: { Count: 1 } accessors } => accessors[0] switch
        {
            { ExpressionBody.Expression: var given } => given,
            { Body.Statements: { Count: 1 } statements } => (statements[0] as ReturnStatementSyntax)?.Expression,
            _ => null,
        },
        _ => null,
    };

    /// <summary>Whether a field or property holds a source with a time limit of its own.</summary>
    public static bool IsTimer(ISymbol holder)
    {
        foreach (var part in holder.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (Limits(node, holder.Name)) return true;
            }
        }

        return false;
    }

    // _expiry = new(1000), CancellationTokenSource _expiry = new(1000), _expiry.CancelAfter(1000)
    private static bool Limits(SyntaxNode node, string name) => node switch
    {
        AssignmentExpressionSyntax assignment => IsLimited(assignment.Right) && NameOf(assignment.Left) == name,
        VariableDeclaratorSyntax { Initializer.Value: var value } field => field.Identifier.ValueText == name && IsLimited(value),
        PropertyDeclarationSyntax { Initializer.Value: var value } property => property.Identifier.ValueText == name && IsLimited(value),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.CancelAfter } access => NameOf(access.Expression) == name,
        _ => false,
    };

    // _stopping = …, Interlocked.Exchange(ref _stopping, …)
    private static bool Writes(SyntaxNode node, string name) => node switch
    {
        AssignmentExpressionSyntax assignment => NameOf(assignment.Left) == name,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None) && NameOf(argument.Expression) == name,
        _ => false,
    };

    // source.Token, this.source.Token
    private static string? SourceOf(ExpressionSyntax value) =>
        value is MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.Token } access
            ? NameOf(access.Expression) : null;

    private static bool Ends(SimpleNameSyntax call, bool untilDisposed) => call.Identifier.ValueText switch
    {
        WellKnownMember.Dispose => !untilDisposed,
        var name => WellKnownMember.CancelsSource(name),
    };

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } unary => NameOf(unary.Operand),
        _ => null,
    };
}

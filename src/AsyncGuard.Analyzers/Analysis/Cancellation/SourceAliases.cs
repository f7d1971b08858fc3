using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// The names by which one member has a <c>CancellationTokenSource</c> or a token of it: <c>var token = cts.Token</c>, <c>_cts = cts</c>, a
/// source linked to it.
/// </summary>
internal sealed class SourceAliases
{
    private readonly HashSet<ISymbol> _names = new(SymbolEqualityComparer.Default);

    private SourceAliases(ISymbol source) => _names.Add(source);

    public static SourceAliases In(IOperation root, ISymbol source, GuardContext guard)
    {
        var reach = new SourceAliases(source);
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Symbol: var local, Initializer.Value: var value }
                    when IsTokenOrSource(local.Type, guard) && reach.AreIn(value):
                    reach._names.Add(local);
                    break;

                case ISimpleAssignmentOperation { Target: var target, Value: var value } when IsTokenOrSource(target.Type, guard):
                    if (NameOf(target) is { } assigned && reach.AreIn(value)) reach._names.Add(assigned);

                    // _cts = cts
                    else if (reach.AreIn(target) && NameOf(value) is { } other) reach._names.Add(other);
                    break;
            }
        }

        return reach;
    }

    /// <summary>
    /// Whether one of the names is read anywhere in the operation, or by a local function or method of the type that it calls.
    /// </summary>
    public bool AreIn(IOperation operation)
    {
        foreach (var inner in operation.DescendantsAndSelf())
        {
            var isOne = inner switch
            {
                IInvocationOperation { TargetMethod: var called } => IsReadBy(called),
                IMethodReferenceOperation { Method: var called } => IsReadBy(called),
                _ => NameOf(inner) is { } name && _names.Contains(name),
            };
            if (isOne) return true;
        }

        return false;
    }

    /// <summary>Whether the code names the field or variable.</summary>
    public static bool IsNamedIn(SyntaxNode code, string name)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax used && used.Identifier.ValueText == name) return true;
        }

        return false;
    }

    private bool IsReadBy(IMethodSymbol called)
    {
        if (called.DeclaringSyntaxReferences.Length != 1) return false;
        foreach (var name in _names)
        {
            var isSeen = called.MethodKind == MethodKind.LocalFunction
                || (name is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.ContainingType, called.ContainingType));
            if (isSeen && IsObeyedIn(called.DeclaringSyntaxReferences[0].GetSyntax(), name.Name)) return true;
        }

        return false;
    }

    // Not _stopping.Cancel(), _stopping = new(), StartPings(_stopping.Token);: the last is work of its own
    private static bool IsObeyedIn(SyntaxNode code, string name)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is not IdentifierNameSyntax used || used.Identifier.ValueText != name) continue;
            var whole = Unwrapped.FullName(used);
            var isOther = whole.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == whole,
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access when access.Expression == whole =>
                    WellKnownMember.CancelsSource(member) || member is WellKnownMember.Dispose
                    || (member is WellKnownMember.Token && IsGivenAway(access)),
                ConditionalAccessExpressionSyntax
                {
                    WhenNotNull: InvocationExpressionSyntax
                    {
                        Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: var member }
                    }
                } => WellKnownMember.CancelsSource(member) || member is WellKnownMember.Dispose,
                _ => false,
            };
            if (!isOther) return true;
        }

        return false;
    }

    private static bool IsGivenAway(MemberAccessExpressionSyntax token) =>
        token.Parent is ArgumentSyntax
        {
            Parent: ArgumentListSyntax
            {
                Parent: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax, Expression: IdentifierNameSyntax }
            }
        };

    private static ISymbol? NameOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        _ => null,
    };

    private static bool IsTokenOrSource(ITypeSymbol? type, GuardContext guard) => guard.Tokens.IsToken(type) || guard.Tokens.IsSource(type);
}

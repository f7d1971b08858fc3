using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Words by which code shows that it thinks of cancellation.</summary>
internal static class CancellationWords
{
    /// <summary>Whether the code names cancellation, or lets exceptions on.</summary>
    public static bool ThinksOfCancellation(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax:
                case IdentifierNameSyntax { Identifier.ValueText: var name }
                    when ApiTypes.Cancellation.IsNamed(name) || CancellationMembers.Asks.IsNamed(name):
                    return true;
            }
        }

        return false;
    }
}

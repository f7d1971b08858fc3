using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>Words by which code shows that it thinks of cancellation or lets exceptions on.</summary>
internal static class CancellationNames
{
    public static bool AreIn(SyntaxNode code)
    {
        foreach (var node in code.DescendantNodes())
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax:
                case IdentifierNameSyntax { Identifier.ValueText: "OperationCanceledException" or "TaskCanceledException" or "IsCancellationRequested" or "ThrowIfCancellationRequested" }:
                    return true;
            }
        }

        return false;
    }
}

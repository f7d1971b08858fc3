using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Syntax;

/// <summary>A member that a pattern asks for, which has a name there and no expression: <c>task is { Result: 5 }</c></summary>
internal static class PatternMember
{
    public static bool Is(SyntaxNode node) => node.FirstAncestorOrSelf<BaseExpressionColonSyntax>() is not null;
}

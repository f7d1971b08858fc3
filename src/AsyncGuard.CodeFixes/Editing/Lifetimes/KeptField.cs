using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Lifetimes;

/// <summary>Keeps what a constructor drops in a new field, and disposes it first thing in <c>Dispose</c>.</summary>
internal sealed class KeptField
{
    private const string Name = "_registration";

    private readonly ExpressionStatementSyntax _statement;
    private readonly ConstructorDeclarationSyntax _constructor;
    private readonly BlockSyntax _disposal;

    private KeptField(ExpressionStatementSyntax statement, ConstructorDeclarationSyntax constructor, BlockSyntax disposal)
    {
        _statement = statement;
        _constructor = constructor;
        _disposal = disposal;
    }

    /// <summary>How the value is kept; null where the type has no such method beside the constructor, or the name is taken.</summary>
    public static KeptField? For(ExpressionStatementSyntax statement, ExpressionSyntax value, ConstructorDeclarationSyntax constructor,
        FixContext fix)
    {
        if (statement.Expression != value || constructor.Parent is not TypeDeclarationSyntax type
            || type.Members.OfType<ConstructorDeclarationSyntax>().Count() > 1)
            return null;
        if (!fix.Model.LookupSymbols(statement.SpanStart, name: Name).IsEmpty
            || constructor.DescendantTokens().Count(token => CancellationMembers.Register.IsNamed(token.ValueText)) != 1)
            return null;
        var disposal = type.Members.OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.ValueText == WellKnownMember.Dispose
            && method is { Body: not null, ParameterList.Parameters.Count: 0 }
            && method.ReturnType is PredefinedTypeSyntax);
        return disposal?.Body is { } body ? new KeptField(statement, constructor, body) : null;
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_statement, current =>
        {
            var written = (ExpressionStatementSyntax)current;
            var assignment =
                AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, IdentifierName(Name).WithTrailingTrivia(Space),
                Token(TriviaList(), SyntaxKind.EqualsToken, TriviaList(Space)), written.Expression.WithoutLeadingTrivia());
            return written.WithExpression(assignment).WithLeadingTrivia(current.GetLeadingTrivia());
        });
        edits.Replace(_disposal, current => InsertStatement.First((BlockSyntax)current, Name + ".Dispose();"));
        edits.ReplaceByMany(_constructor, current =>
        {
            var field = ParseMemberDeclaration($"private readonly CancellationTokenRegistration {Name};")!;
            var leading = current.GetLeadingTrivia();
            var lineEnd = current.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
            if (lineEnd == default) return [field.WithLeadingTrivia(leading).WithTrailingTrivia(Space), current.WithoutLeadingTrivia()];

            // A blank line on either side, and a comment stays with the constructor.
            var hasBlankLine = leading.Count > 0 && leading[0].IsKind(SyntaxKind.EndOfLineTrivia);
            var indentation = StatementList.Indentation(current);
            return [field.WithLeadingTrivia(hasBlankLine ? indentation.Insert(0, lineEnd) : indentation)
                .WithTrailingTrivia(hasBlankLine ? TriviaList(lineEnd) : TriviaList(lineEnd, lineEnd)), current];
        });
        KnownImports.Add(fix.Guard.Types.CancellationTokenRegistration, edits, _constructor, fix);
    }
}

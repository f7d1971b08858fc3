using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Lifetimes;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Resources;

/// <summary>
/// <c>JsonSerializer.Deserialize&lt;T>(await content.ReadAsStringAsync())</c> → <c>await content.ReadFromJsonAsync&lt;T>(…)</c>, which
/// decodes the same encodings, with the
/// same options; <c>await stream.WriteAsync(await content.ReadAsByteArrayAsync())</c> → <c>await content.CopyToAsync(stream)</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HeldBodyFix() : GuardFix(RuleTable.HeldBody)
{
    private const string Key = "AGD0503.Stream";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>(
            ) is not { Expression: MemberAccessExpressionSyntax { Expression: var content } } node)
            return null;
        if (fix.OperationOf(node) is not IInvocationOperation { Instance.Type: var source } read
            || !SymbolEqualityComparer.Default.Equals(source, fix.Guard.Types.HttpContent))
            return null;
        if (HeldBody.ConsumerOf(read, fix.Guard) is not IInvocationOperation { Syntax: InvocationExpressionSyntax place } consumer
            || !Awaiting.IsLegalAt(consumer))
            return null;

        var declaration = DeclarationOf(node, place);
        if (declaration is null && !place.Span.Contains(node.Span)) return null;
        var isText = PlatformMembers.ReadAsString.Is(read.TargetMethod);
        return (isText ? Parsed(read, consumer, content, fix)
            : Copied(read, consumer, content)) is { } written
            ? new FixPlan(isText ? "Use 'ReadFromJsonAsync'" : "Use 'CopyToAsync'", Key, all =>
            {
                var edits = all.In(fix.Document.Id);
                var isAwaited = place.Parent is AwaitExpressionSyntax || place.Parent?.Parent?.Parent is AwaitExpressionSyntax;
                var configureAwait = Awaiting.UsesConfigureAwait(node, fix, read.Type);
                edits.Replace(place,
                    current => isAwaited && ConventionalNames.WritesAsync(consumer.TargetMethod.Name) ? written.WithTriviaFrom(current)
                        : Awaiting.InPlaceOf((ExpressionSyntax)current, written, configureAwait));
                if (declaration is not null) edits.ReplaceByMany(declaration, static _ => []);
                if (!isText) return;
                KnownImports.Add(fix.Guard.Types.HttpContentJsonExtensions, edits, place, fix);
                KnownImports.Add(fix.Guard.Types.JsonSerializerOptions, edits, place, fix);
            })
            : null;
    }

    /// <summary>The declaration of the local right before the statement that uses it, or null.</summary>
    private static LocalDeclarationStatementSyntax? DeclarationOf(SyntaxNode read, SyntaxNode place)
    {
        if (StatementList.StatementAround(read) is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables.Count: 1,
                UsingKeyword.RawKind: 0
            } declaration || declaration.Span.Contains(place.Span))
            return null;
        if (declaration.DescendantTrivia()
            .Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            || trivia.IsDirective))
            return null;
        if (StatementList.StatementAround(place) is not { } next || StatementList.ListOf(declaration) is not { } list
            || StatementList.ListOf(next) != list)
            return null;
        var statements = StatementList.In(list).ToList();
        return statements.IndexOf(next) == statements.IndexOf(declaration) + 1 && IsFirst(place, next) ? declaration : null;
    }

    // return JsonSerializer.Deserialize<T>(text)!; var order = JsonSerializer.Deserialize<T>(text) ?? throw …; but not Use(Now(), …)
    private static bool IsFirst(SyntaxNode place, SyntaxNode statement)
    {
        for (var current = place; current != statement; current = current.Parent!)
        {
            var isFirst = current.Parent switch
            {
                PostfixUnaryExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax
                    or EqualsValueClauseSyntax or VariableDeclaratorSyntax or VariableDeclarationSyntax => true,
                BinaryExpressionSyntax binary => binary.Left == current,
                MemberAccessExpressionSyntax access => access.Expression == current,
                InvocationExpressionSyntax call => call.Expression == current,
                StatementSyntax outer =>
                    outer == statement
                    && statement is ReturnStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax,
                _ => false,
            };
            if (!isFirst) return false;
        }

        return true;
    }

    // JsonSerializer.Deserialize<T>(text, options)
    private static ExpressionSyntax? Parsed(IInvocationOperation read, IInvocationOperation consumer, ExpressionSyntax content,
        FixContext fix)
    {
        var types = fix.Guard.Types;
        if (types.HttpContentJsonExtensions?.GetMembers("ReadFromJsonAsAsyncEnumerable").IsEmpty != false
            || consumer.TargetMethod is not { Arity: 1 } method || !PlatformMembers.Deserialize.Is(method))
            return null;
        var name = ((InvocationExpressionSyntax)consumer.Syntax).Expression switch
        {
            MemberAccessExpressionSyntax { Name: GenericNameSyntax generic } => generic,
            GenericNameSyntax generic => generic,
            _ => null,
        };
        if (name is null || method.Parameters.Length != 2
            || !SymbolEqualityComparer.Default.Equals(method.Parameters[1].Type, types.JsonSerializerOptions))
            return null;

        var options =
            consumer.Arguments.FirstOrDefault(static argument => argument is { Parameter.Ordinal: 1, ArgumentKind: ArgumentKind.Explicit });
        var isDefault = options is null || options.Value.ConstantValue is { HasValue: true, Value: null };
        if (isDefault && types.JsonSerializerOptions!.GetMembers("Default").IsEmpty) return null;
        var given = isDefault ? ParseExpression("JsonSerializerOptions.Default") : (ExpressionSyntax)options!.Value.Syntax.WithoutTrivia();
        var arguments = SeparatedList<ArgumentSyntax>().Add(Argument(given));
        return Call(content, name.WithIdentifier(Identifier("ReadFromJsonAsync")), arguments, read);
    }

    // stream.WriteAsync(bytes), stream.WriteAsync(bytes, 0, bytes.Length)
    private static ExpressionSyntax? Copied(IInvocationOperation read, IInvocationOperation consumer, ExpressionSyntax content)
    {
        if (consumer is not
            {
                TargetMethod.Name: var method, Instance.Syntax: ExpressionSyntax target,
                Parent: IAwaitOperation or IInvocationOperation { Parent: IAwaitOperation }
            } || !ConventionalNames.WritesAsync(method))
            return null;
        if (consumer.Arguments.Length > 2 && consumer.Arguments[1].Value.ConstantValue is not { HasValue: true, Value: 0 }) return null;
        var arguments = SeparatedList<ArgumentSyntax>().Add(Argument(target.WithoutTrivia()));
        if (TokenOf(consumer) is { } given)
        {
            if (TokenOf(read) is { } own && !own.IsEquivalentTo(given)) return null;
            if (TokenOf(read) is null) arguments = arguments.Add(Argument(given.WithoutTrivia()).WithLeadingTrivia(Space));
        }

        return Call(content, IdentifierName("CopyToAsync"), arguments, read);
    }

    private static ExpressionSyntax? TokenOf(IInvocationOperation call) => call.Arguments.FirstOrDefault(static argument =>
            argument.ArgumentKind == ArgumentKind.Explicit && ApiTypes.CancellationToken.Is(argument.Parameter?.Type))
        ?.Value.Syntax as ExpressionSyntax;

    private static ExpressionSyntax Call(ExpressionSyntax content, SimpleNameSyntax name, SeparatedSyntaxList<ArgumentSyntax> arguments,
        IInvocationOperation read)
    {
        foreach (var argument in read.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Value.Syntax: ExpressionSyntax token })
                arguments = arguments.Add(Argument(token.WithoutTrivia()).WithLeadingTrivia(Space));
        }

        return InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, content.WithoutTrivia(),
            name.WithoutTrivia()), ArgumentList(arguments));
    }
}

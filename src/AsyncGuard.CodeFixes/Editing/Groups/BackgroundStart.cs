using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// <c>_ = SendAsync();</c> or <c>SendAsync();</c> → <c>_background.Start(ct => SendAsync(ct));</c> with a <c>BackgroundTaskGroup</c> that
/// the type owns.
/// </summary>
internal sealed class BackgroundStart
{
    private const string Purpose = "background group";

    private readonly ExpressionSyntax _replaced;
    private readonly ChildStart _start;
    private readonly string? _linked;
    private readonly string? _token;
    private readonly TypeDeclarationSyntax _type;
    private readonly INamedTypeSymbol _owner;
    private readonly string _name;
    private readonly bool _exists;
    private readonly bool _isStatic;
    private readonly BackgroundDrain? _drain;

    private BackgroundStart(ExpressionSyntax replaced, ChildStart start, string? linked, string? token, TypeDeclarationSyntax type,
        INamedTypeSymbol owner, string name, bool exists, bool isStatic, BackgroundDrain? drain = null)
    {
        _drain = drain;
        _replaced = replaced;
        _start = start;
        _linked = linked;
        _token = token;
        _type = type;
        _owner = owner;
        _name = name;
        _exists = exists;
        _isStatic = isStatic;
    }

    /// <summary>The ways to start it, best first: with the group drained where its owner ends, and without.</summary>
    public static IEnumerable<FixPlan> Plans(ExpressionSyntax node, string title, string key, FixContext fix)
    {
        if (For(node, fix) is not { } start) yield break;
        if (start._drain is not null) yield return new FixPlan(title, key, all => start.Record(all, fix));
        var plain = start.WithoutDrain();
        yield return new FixPlan(title, key, all => plain.Record(all, fix));
    }

    private static BackgroundStart? For(ExpressionSyntax node, FixContext fix)
    {
        if (fix.Guard.Types.BackgroundTaskGroup is not { } group) return null;
        var replaced = node.Parent is AssignmentExpressionSyntax assignment ? assignment : node;
        if (replaced.Parent is not (ExpressionStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax))
            return null;

        // A child starts on the pool, where the lock is not held, and what it receives is read only then.
        if (EnclosingFunction.IsInsideLock(node) || ReadLater.MayDiffer(node, fix)) return null;
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } around
            || around.Kind() is not (SyntaxKind.ClassDeclaration or SyntaxKind.StructDeclaration or SyntaxKind.RecordDeclaration
            or SyntaxKind.RecordStructDeclaration)
            || fix.Model.GetDeclaredSymbol(around, fix.CancellationToken) is not INamedTypeSymbol type)
            return null;

        // A value of a struct is copied; a group is one.
        var isStatic = fix.MemberOf(node) is { IsStatic: true } || IsInStaticFunction(node);
        if ((type.IsValueType && !isStatic) || fix.OperationOf(node) is not { } place) return null;
        var given = GivenToken(place, fix);
        var token = given?.ToString() ?? TokenWay.TokenAt(place, fix);
        if (ChildStart.For(node, token, fix)?.OfTask() is not { } start) return null;
        // The work keeps obeying what it received to obey, from wherever it runs: a property of a request is gone by then.
        if (start.ReplacesToken && (given ?? ParseExpression(token!)) is not IdentifierNameSyntax) return null;
        var linked = start.ReplacesToken ? FreeName.At(node, fix, "linked", "stopping", "either") : null;
        if (start.ReplacesToken && linked is null) return null;

        var held = type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.Type, group) && (field.IsStatic || !isStatic));
        if (held is not null) return new BackgroundStart(replaced, start, linked, token, around, type, held.Name, exists: true, isStatic);

        var name = NameIn(type, isStatic);
        return type.GetMembers(name).IsEmpty
            ? new BackgroundStart(replaced, start, linked, token, around, type, name, exists: false, isStatic,
            isStatic ? null : BackgroundDrain.For(around, type, name, fix)) : null;
    }

    private BackgroundStart WithoutDrain() => new(_replaced, _start, _linked, _token, _type, _owner, _name, _exists, _isStatic);

    private void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_replaced,
            current => Write(_replaced == _start.Node ? (ExpressionSyntax)current : ((AssignmentExpressionSyntax)current).Right)
                .WithTriviaFrom(current));
        if (_linked is not null) KnownImports.Add(fix.Guard.Types.CancellationTokenSource, edits, _replaced, fix);
        if (_exists || !all.IsFirst($"{Purpose} {_owner.ToDisplayString()} {_name}")) return;
        _drain?.Record(edits);
        edits.Replace(_type, current => WithField((TypeDeclarationSyntax)current));
        _drain?.AddImports(edits, _type, fix);
        KnownImports.Add(fix.Guard.Types.BackgroundTaskGroup, edits, _type, fix);
        KnownImports.Add(fix.Guard.Types.Trace, edits, _type, fix);
    }

    private ExpressionSyntax Write(ExpressionSyntax current)
    {
        if (_linked is null) return _start.Write(current, _name);
        // The child stops with the group and with the token that the work received.
        var body = _start.With(_linked + ".Token").Body(current);
        return ParseExpression(
            $"{_name}.Start(async {_start.Parameter} => {{ using (var {_linked} = CancellationTokenSource.CreateLinkedTokenSource({_start.Parameter}, {_token})) await {body}; }})");
    }

    // SendAsync(row, token), but not SendAsync(row, CancellationToken.None), which is deliberate
    private static ExpressionSyntax? GivenToken(IOperation place, FixContext fix)
    {
        if (place is IConditionalAccessOperation access) place = access.WhenNotNull;
        if (place is not IInvocationOperation call) return null;
        foreach (var argument in call.Arguments)
        {
            if (argument is
                {
                    ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter,
                    Syntax: ArgumentSyntax { Expression: var given }
                } && fix.Guard.Tokens.TakesToken(parameter.Type))
                return TokenUse.Is(argument.Value is IConversionOperation conversion ? conversion.Operand : argument.Value, fix.Guard)
                    ? given : null;
        }

        return null;
    }

    private static bool IsInStaticFunction(SyntaxNode node) => node.Ancestors().Any(ancestor => ancestor switch
    {
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.StaticKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });

    // As the type names its fields.
    private static string NameIn(INamedTypeSymbol type, bool isStatic)
    {
        var other = type.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => !field.IsImplicitlyDeclared && field.IsStatic == isStatic && !field.IsConst
            && field.DeclaredAccessibility == Accessibility.Private)?.Name;
        if (other is null) return isStatic ? "s_background" : "_background";
        if (other.StartsWith("s_", System.StringComparison.Ordinal)) return "s_background";
        return other[0] == '_' ? "_background" : char.IsLower(other[0]) ? "background" : "Background";
    }

    private TypeDeclarationSyntax WithField(TypeDeclarationSyntax type)
    {
        var endOfLine = type.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (!endOfLine.IsKind(SyntaxKind.EndOfLineTrivia)) endOfLine = EndOfLine("\n");
        if (_drain is not null) type = _drain.AddTo(type, endOfLine);
        var first = type.Members[0];
        var field = ((FieldDeclarationSyntax)ParseMemberDeclaration(
            $"private {(_isStatic ? "static " : "")}readonly BackgroundTaskGroup {_name} = new BackgroundTaskGroup(failure => Trace.TraceError(failure.Exception.ToString()));")!)
            .WithLeadingTrivia(StatementList.Indentation(first)).WithTrailingTrivia(endOfLine);
        if (first is FieldDeclarationSyntax || first.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia))
            return type.WithMembers(type.Members.Insert(0, field));
        return type.WithMembers(type.Members.Replace(first, first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, endOfLine)))
            .Insert(0, field));
    }
}

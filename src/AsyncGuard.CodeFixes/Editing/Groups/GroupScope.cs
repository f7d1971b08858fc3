using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// The smallest scope that has to own a task: from the statement that starts it, or the loop or branch around that, to the end of the
/// function, or of the
/// <c>try</c>, <c>catch</c> or <c>using</c> whose resource the task may use.
/// </summary>
internal sealed class GroupScope
{
    private static readonly string[] Names = ["group", "taskGroup", "children", "childGroup"];

    private GroupScope(SyntaxNode list, StatementSyntax first, bool endsFunction, string name, bool exists, string? token = null)
    {
        Token = token;
        List = list;
        First = first;
        EndsFunction = endsFunction;
        Name = name;
        Exists = exists;
    }

    public SyntaxNode List { get; }

    public StatementSyntax First { get; }

    /// <summary>Whether what follows the scope is the end of its function.</summary>
    public bool EndsFunction { get; }

    /// <summary>The name of the group.</summary>
    public string Name { get; }

    /// <summary>Whether the scope is a group's already.</summary>
    public bool Exists { get; }

    /// <summary>The token that an existing group received.</summary>
    public string? Token { get; }

    /// <summary>The scope of several places; null where there is none, or they have not the same.</summary>
    public static GroupScope? For(IReadOnlyList<SyntaxNode> places, FixContext fix)
    {
        GroupScope? whole = null;
        foreach (var place in places)
        {
            if (For(place, fix) is not { } scope || (whole is not null && (whole.List != scope.List || whole.Exists != scope.Exists)))
                return null;
            if (whole is null || scope.First.SpanStart < whole.First.SpanStart) whole = scope;
        }

        return whole;
    }

    /// <summary>The statements of the scope.</summary>
    public IReadOnlyList<StatementSyntax> Statements() => [.. StatementList.In(List).SkipWhile(statement => statement != First)];

    private static GroupScope? For(SyntaxNode place, FixContext fix)
    {
        var from = place;
        while (StatementList.StatementAround(from) is { } statement && StatementList.ListOf(statement) is { } list)
        {
            if (LeavesResource(from, statement)) return null;
            switch (list)
            {
                case CompilationUnitSyntax:
                    return Own(list, statement, endsFunction: true, place, fix);

                case SwitchSectionSyntax:
                case BlockSyntax
                {
                    Parent: IfStatementSyntax or ElseClauseSyntax or CommonForEachStatementSyntax or ForStatementSyntax
                    or WhileStatementSyntax or DoStatementSyntax or BlockSyntax or LabeledStatementSyntax
                }:
                    from = list.Parent!;
                    continue;

                case BlockSyntax { Parent: AnonymousFunctionExpressionSyntax lambda } when GroupParameter(lambda, fix) is { } group:
                    if (ResourceBefore(list, lambda.Block!.Statements.First(), statement))
                        return Own(list, statement, endsFunction: true, place, fix);
                    return new GroupScope(list, statement, endsFunction: true, group, exists: true,
                        TokenGivenTo(lambda.FirstAncestorOrSelf<InvocationExpressionSyntax>(), fix));

                case BlockSyntax
                {
                    Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax
                    or AccessorDeclarationSyntax
                }:
                    return OpenedBefore(list, statement, fix) ?? Own(list, statement, endsFunction: true, place, fix);

                case BlockSyntax { Parent: TryStatementSyntax or CatchClauseSyntax or FinallyClauseSyntax or UsingStatementSyntax }:
                    return OpenedBefore(list, statement, fix) ?? Own(list, statement, endsFunction: false, place, fix);

                default:
                    return null;
            }
        }

        return null;
    }

    private static GroupScope? Own(SyntaxNode list, StatementSyntax first, bool endsFunction, SyntaxNode place, FixContext fix)
    {
        var declared =
            new HashSet<string>(StatementList.In(list).SkipWhile(statement => statement != first)
            .SelectMany(statement => statement.DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)
            && token.Parent is VariableDeclaratorSyntax or ParameterSyntax or SingleVariableDesignationSyntax
            or CommonForEachStatementSyntax).Select(token => token.ValueText));
        var name = Names.FirstOrDefault(name => !declared.Contains(name) && fix.Model.LookupSymbols(place.SpanStart, name: name).IsEmpty);
        return name is null ? null : new GroupScope(list, first, endsFunction, name, exists: false);
    }

    // using (connection) connection.SendAsync(); lock (gate) SendAsync();
    private static bool LeavesResource(SyntaxNode from, StatementSyntax statement)
    {
        for (var current = from; current is not null && current != statement; current = current.Parent)
        {
            if (current.Parent is UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax or UnsafeStatementSyntax
                or CheckedStatementSyntax && current is StatementSyntax)
                return true;
        }

        return false;
    }

    // TaskGroup.RunAsync(async group => { … })
    private static string? GroupParameter(AnonymousFunctionExpressionSyntax lambda, FixContext fix) =>
        fix.Model.GetSymbolInfo(lambda, fix.CancellationToken).Symbol is IMethodSymbol { Parameters: { Length: > 0 } parameters }
        && SymbolEqualityComparer.Default.Equals(parameters[0].Type, fix.Guard.Types.TaskGroup) ? parameters[0].Name : null;

    private static string? TokenGivenTo(InvocationExpressionSyntax? call, FixContext fix) =>
        call?.ArgumentList.Arguments.FirstOrDefault(
        argument => fix.Guard.Tokens.IsToken(fix.Model.GetTypeInfo(argument.Expression, fix.CancellationToken).Type))?.Expression.ToString(
            );

    // await using var group = TaskGroup.Open(); … RunAsync();
    private static GroupScope? OpenedBefore(SyntaxNode list, StatementSyntax statement, FixContext fix)
    {
        foreach (var earlier in StatementList.In(list).TakeWhile(other => other != statement))
        {
            if (earlier is not LocalDeclarationStatementSyntax
                {
                    AwaitKeyword.RawKind: not 0,
                    Declaration.Variables: { Count: 1 } variables
                }
                || fix.Model.GetDeclaredSymbol(variables[0], fix.CancellationToken) is not ILocalSymbol local)
                continue;
            if (SymbolEqualityComparer.Default.Equals(local.Type, fix.Guard.Types.TaskGroupScope)
                && !ResourceBefore(list, earlier, statement))
                return new GroupScope(list, statement, endsFunction: false, local.Name, exists: true,
                    TokenGivenTo(variables[0].Initializer?.Value as InvocationExpressionSyntax, fix));
        }

        return null;
    }

    // A resource that is released before the group is joined.
    private static bool ResourceBefore(SyntaxNode list, StatementSyntax from, StatementSyntax until) =>
        StatementList.In(list).SkipWhile(statement => statement != from).Skip(1).TakeWhile(statement => statement != until)
        .Any(statement => statement is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 });
}

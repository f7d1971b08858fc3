using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Work of a field that calls the method which stops it: if the method waited for the work, each would wait for the other.
/// <code>_loop = RunAsync(); … async Task RunAsync() { … await StopAsync(); }
/// _bus.Received += OnReceived; … async Task RunAsync() { … _bus.Poll(); } async void OnReceived() { … await StopAsync(); }</code>
/// </summary>
internal static class WorkThatStops
{
    public static bool Is(IReadOnlyList<ISymbol> tasks, SyntaxNode stop, FixContext fix) =>
        stop.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && Reaches(tasks.OfType<IFieldSymbol>().Select(field => field.Name), method, fix);

    /// <summary>
    /// Whether a method of the same type that is called waits for the work which calls it:
    /// <code>_loop = ReceiveAsync(); … async Task ReceiveAsync() { …; _ = CloseAsync(); } async Task CloseAsync() => await _loop;</code>
    /// </summary>
    public static bool IsWaitedForBy(ExpressionSyntax call, FixContext fix)
    {
        if (call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || fix.Model.GetSymbolInfo(call, fix.CancellationToken).Symbol is not IMethodSymbol called
            || fix.Model.GetDeclaredSymbol(method, fix.CancellationToken)?.ContainingType is not { } type
            || !SymbolEqualityComparer.Default.Equals(called.ContainingType, type))
            return false;
        var waited = called.DeclaringSyntaxReferences.SelectMany(reference => NamesIn(reference.GetSyntax(fix.CancellationToken)))
            .Where(name => type.GetMembers(name).Any(member =>
                member is IFieldSymbol { Type: var task } && fix.Guard.Awaitables.IsTask(task)));
        return Reaches(waited, method, fix);
    }

    // Whether what is assigned to the fields mentions the method, or a member of the type that does or calls such a one back.
    private static bool Reaches(IEnumerable<string> fields, MethodDeclarationSyntax method, FixContext fix)
    {
        if (fix.Model.GetDeclaredSymbol(method, fix.CancellationToken)?.ContainingType is not { } type) return false;
        var parts = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(fix.CancellationToken)).ToList();
        var seen = new HashSet<string>();
        var open = new Queue<string>(fields.SelectMany(field => parts.SelectMany(part => StartsOf(field, part))));
        while (open.Count > 0)
        {
            var name = open.Dequeue();
            if (name == method.Identifier.ValueText) return true;
            if (!seen.Add(name)) continue;
            foreach (var next in parts.SelectMany(part => BodiesOf(name, part).SelectMany(NamesIn).Concat(HandlersOf(name, part))))
                open.Enqueue(next);
        }

        return false;
    }

    private static IEnumerable<string> StartsOf(string field, SyntaxNode part) =>
        part.DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Where(assignment => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: var name } && name == field
            || assignment.Left is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own }
            && own == field)
        .SelectMany(assignment => NamesIn(assignment.Right));

    // What a member that the work uses calls back: _bus.Received += OnReceived; _bus.Subscribe(OnReceived);
    private static IEnumerable<string> HandlersOf(string name, SyntaxNode part) => part.DescendantNodes().SelectMany(node => node switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } subscription
            when RootOf(subscription.Left) == name => NamesIn(subscription.Right),
        InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } call when RootOf(call.Expression) == name =>
            arguments.SelectMany(argument => NamesIn(argument)),
        _ => [],
    });

    // _bus of this._bus.Feed?.Received
    private static string? RootOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var own } => own,
        MemberAccessExpressionSyntax { Expression: var inner } => RootOf(inner),
        ConditionalAccessExpressionSyntax { Expression: var inner } => RootOf(inner),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } => RootOf(called),
        ElementAccessExpressionSyntax { Expression: var inner } => RootOf(inner),
        _ => null,
    };

    private static IEnumerable<SyntaxNode> BodiesOf(string name, SyntaxNode part) => part.DescendantNodes().Where(node => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText == name,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText == name,
        PropertyDeclarationSyntax property => property.Identifier.ValueText == name,
        _ => false,
    });

    // Stop, this.Stop; not other.Stop
    private static IEnumerable<string> NamesIn(SyntaxNode code) =>
        code.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
        .Where(name => name.Parent is not MemberAccessExpressionSyntax access || access.Name != name
            || access.Expression.IsKind(SyntaxKind.ThisExpression))
        .Select(name => name.Identifier.ValueText);
}

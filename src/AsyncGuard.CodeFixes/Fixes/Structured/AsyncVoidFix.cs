using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary><c>async void LoadAsync()</c> → <c>async Task LoadAsync()</c>, and callers that are async await it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFix() : GuardFix(RuleTable.AsyncVoid)
{
    private const string Key = "AGD0203.ReturnTask";

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax) is not { } function) return [];
        if (fix.Model.GetDeclaredSymbol(function, fix.CancellationToken) is not IMethodSymbol method) return [];
        if (await CallersAsync(method, fix).ConfigureAwait(false) is not { } callers) return [];

        return
        [
            new FixPlan("Return 'Task'", Key, all =>
            {
                var edits = all.In(fix.Document.Id);
                edits.Replace(function, ReturningTask);
                KnownImports.AddTask(edits, function, fix);
                foreach (var (document, call) in callers)
                {
                    var inCaller = all.In(document);
                    if (inCaller.IsFirst(call, Key)) inCaller.Replace(call, current => Awaiting.InPlaceOf((ExpressionSyntax)current, (ExpressionSyntax)current, configureAwait: false));
                }
            }),
        ];
    }

    /// <summary>The calls that have to await, or null where somebody needs the method to return nothing: a method group as an <c>Action</c>.</summary>
    private static async Task<IReadOnlyList<(DocumentId Document, ExpressionSyntax Call)>?> CallersAsync(IMethodSymbol method, FixContext fix)
    {
        var calls = new List<(DocumentId, ExpressionSyntax)>();
        foreach (var referenced in await SymbolFinder.FindReferencesAsync(method, fix.Document.Project.Solution, fix.CancellationToken).ConfigureAwait(false))
        {
            foreach (var location in referenced.Locations)
            {
                if (location.IsImplicit || await location.Document.GetSyntaxRootAsync(fix.CancellationToken).ConfigureAwait(false) is not { } root) continue;
                var name = root.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (name.FirstAncestorOrSelf<DocumentationCommentTriviaSyntax>() is not null || IsNameOf(name)) continue;
                if (CallOf(name) is not { } call) return null;
                if (call.Parent is ExpressionStatementSyntax && EnclosingFunction.Of(call) is { } caller && EnclosingFunction.IsAsync(caller)) calls.Add((location.Document.Id, call));
                // x => M(x) as an Action still binds; so does a statement in synchronous code, which the compiler then warns of.
            }
        }

        return calls;
    }

    private static ExpressionSyntax? CallOf(SyntaxNode name)
    {
        var expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return expression.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == expression => call,
            ConditionalAccessExpressionSyntax => null,
            _ => null,
        };
    }

    private static bool IsNameOf(SyntaxNode name) =>
        name.Ancestors().Any(ancestor => ancestor is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    private static SyntaxNode ReturningTask(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(IdentifierName("Task").WithTriviaFrom(method.ReturnType)),
        LocalFunctionStatementSyntax local => local.WithReturnType(IdentifierName("Task").WithTriviaFrom(local.ReturnType)),
        _ => function,
    };
}

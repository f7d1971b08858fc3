using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Groups;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.FindSymbols;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Structured;

/// <summary>
/// <c>async void LoadAsync()</c> → <c>async Task LoadAsync()</c>, and its callers await it. Not where one of them is synchronous: it would
/// drop the task, and with it the failure that ends the process today.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidFix() : GuardFix(RuleTable.AsyncVoid)
{
    private const string Key = "AGD0203.ReturnTask";
    private const string KeyToOthers = "AGD0203.ReturnTaskToOthers";

    private protected override async Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<SyntaxNode>(
            node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax) is not { } function)
            return [];
        if (fix.Model.GetDeclaredSymbol(function, fix.CancellationToken) is not IMethodSymbol method
            || CalledByShape.Is(method, fix) || await IsBoundAsync(method, fix).ConfigureAwait(false))
            return [];
        if (await CallersAsync(method, fix).ConfigureAwait(false) is not { } callers) return [];

        return
        [
            new FixPlan("Return 'Task'", IsSeenByOthers(method) ? KeyToOthers : Key, all =>
            {
                var edits = all.In(fix.Document.Id);
                edits.Replace(function, ReturningTask);
                KnownImports.AddTask(edits, function, fix);
                foreach (var caller in callers) caller.Record(all.In(caller.Document));
            }),
        ];
    }

    /// <summary>
    /// Whether more than the method decides what it returns: an override, or an interface that a derived class implements with it.
    /// </summary>
    private static async Task<bool> IsBoundAsync(IMethodSymbol method, FixContext fix)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return false;
        if (method.ContainingType.TypeKind == TypeKind.Interface) return true;
        var solution = fix.Document.Project.Solution;
        return (method.IsVirtual
            && (await SymbolFinder.FindOverridesAsync(method, solution, cancellationToken: fix.CancellationToken)
            .ConfigureAwait(false)).Any())
            || (await SymbolFinder.FindImplementedInterfaceMembersAsync(method, solution, cancellationToken: fix.CancellationToken)
            .ConfigureAwait(false)).Any();
    }

    private static bool IsSeenByOthers(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return false;
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    /// <summary>
    /// The calls, or null where one cannot await, or needs the method to return nothing: a method group as an <c>Action</c>.
    /// </summary>
    private static async Task<IReadOnlyList<Caller>?> CallersAsync(IMethodSymbol method, FixContext fix)
    {
        var callers = new List<Caller>();
        foreach (var referenced in await SymbolFinder.FindReferencesAsync(method, fix.Document.Project.Solution, fix.CancellationToken)
            .ConfigureAwait(false))
        {
            foreach (var location in referenced.Locations)
            {
                if (location.IsImplicit || await fix.InAsync(location.Document).ConfigureAwait(false) is not { } there) continue;
                var name = there.Root.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (CalledByShape.IsForReflection(name)) return null;
                if (name.FirstAncestorOrSelf<DocumentationCommentTriviaSyntax>() is not null || IsNameOf(name)) continue;
                if (CallOf(name) is not { } call || EnclosingFunction.Of(call) is not { } caller || !EnclosingFunction.IsAsync(caller))
                    return null;
                // A loop without end that is awaited would end its caller.
                if (there.OperationOf(call) is { } start && EndlessWork.Is(start, there.Guard)) return null;
                if (SignalledLater.Is(call, there.Model, there)) return null;
                callers.Add(new Caller(call, there));
            }
        }

        return callers;
    }

    // Load(), this.Load(), other?.Load()
    private static ExpressionSyntax? CallOf(SyntaxNode name)
    {
        var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        return target.Parent is InvocationExpressionSyntax call && call.Expression == target ? NullConditional.WholeOf(call) : null;
    }

    private static bool IsNameOf(SyntaxNode name) =>
        name.Ancestors()
        .Any(ancestor => ancestor is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    private static SyntaxNode ReturningTask(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(IdentifierName("Task").WithTriviaFrom(method.ReturnType)),
        LocalFunctionStatementSyntax local => local.WithReturnType(IdentifierName("Task").WithTriviaFrom(local.ReturnType)),
        _ => function,
    };

    /// <summary>A call of the method, in async code.</summary>
    private sealed class Caller(ExpressionSyntax call, FixContext fix)
    {
        public DocumentId Document => fix.Document.Id;

        public void Record(DocumentEdits edits)
        {
            if (!edits.IsFirst(call, Key)) return;
            var configureAwait = Awaiting.UsesConfigureAwait(call, fix, fix.Guard.Types.Task);
            edits.Replace(call,
                current => Awaiting.InPlaceOf((ExpressionSyntax)current, NullConditional.OrCompleted((ExpressionSyntax)current),
                    configureAwait));
            if (call is ConditionalAccessExpressionSyntax) KnownImports.Add(fix.Guard.Types.Task, edits, call, fix.Model);
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks.Awaits;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Plans;

/// <summary>
/// Callers of a function that gets its first await, and does not end any more before it returns: one that drops the task would go on too
/// early, a handler that awaits it would answer its event too late, and one that waits for it on the thread of a user interface would hold
/// the thread that the function goes on with.
/// <code>Task LoadAsync() { _rows = Read(); return Task.CompletedTask; }      LoadAsync(); Show(_rows);</code>
/// </summary>
internal sealed class CallersBefore
{
    private const int MostDepth = 3;
    private const int MostReferences = 200;

    private readonly FixContext _fix;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private int _references;

    private CallersBefore(FixContext fix) => _fix = fix;

    /// <summary>Whether a caller counts on what one of the functions that the edit makes wait was before.</summary>
    public static async Task<bool> CountOnAsync(SyntaxNode edited, Document document, FixContext fix)
    {
        var functions = edited.GetAnnotatedNodes(DocumentEdits.Written).SelectMany(node => node.DescendantNodesAndSelf())
            .Where(IsAwait).Select(FunctionAround).OfType<SyntaxNode>().Distinct().ToList();
        if (functions.Count == 0 || await fix.InAsync(document).ConfigureAwait(false) is not { } there) return false;
        foreach (var function in functions)
        {
            if (Original(function, edited, there.Root) is not { } original || Own(original).Any(IsAwait)
                || there.Model.GetDeclaredSymbol(original, fix.CancellationToken) is not IMethodSymbol { ReturnsVoid: false } method)
                continue;
            var ends = EndsBeforeItReturns(original, there);
            var captures = Own(function).Where(IsAwait).Any(node => !IsConfigured(node));
            if ((ends || captures) && await new CallersBefore(fix).AreAnyAsync(method, ends, captures, depth: 0).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<bool> AreAnyAsync(IMethodSymbol method, bool ends, bool captures, int depth)
    {
        if (!_seen.Add(method) || depth > MostDepth) return false;
        foreach (var referenced in await SymbolFinder.FindReferencesAsync(method, _fix.Document.Project.Solution, _fix.CancellationToken)
            .ConfigureAwait(false))
        {
            foreach (var location in referenced.Locations)
            {
                if (location.IsImplicit || ++_references > MostReferences
                    || await _fix.InAsync(location.Document).ConfigureAwait(false) is not { } there)
                    continue;
                var name = there.Root.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (CallOf(name) is not { } call) continue;
                if (ends && (IsDropped(call, there) || AnswersBehind(call, there))) return true;
                if (captures && await BlocksOfUserInterfaceAsync(call, there).ConfigureAwait(false)) return true;
                if (await PassesOnAsync(call, there, ends, captures, depth).ConfigureAwait(false)) return true;
            }
        }

        return false;
    }

    // Task SaveAllAsync() => SaveAsync();      async Task SaveAllAsync() { await SaveAsync(); }
    private async Task<bool> PassesOnAsync(ExpressionSyntax call, FixContext there, bool ends, bool captures, int depth)
    {
        if (FunctionAround(call) is not { } caller
            || there.Model.GetDeclaredSymbol(caller, there.CancellationToken) is not IMethodSymbol { ReturnsVoid: false } outer)
            return false;
        if (call.Parent is AwaitExpressionSyntax awaited)
        {
            return Own(caller).Where(IsAwait).All(node => node == awaited)
                && await AreAnyAsync(outer, ends, captures || !IsConfigured(awaited), depth + 1).ConfigureAwait(false);
        }

        return call.Parent is ReturnStatementSyntax or ArrowExpressionClauseSyntax
            && await AreAnyAsync(outer, ends && EndsBeforeItReturns(caller, there, call), captures, depth + 1).ConfigureAwait(false);
    }

    // LoadAsync();      _ = LoadAsync();      void Load() => LoadAsync();      button.Click += (s, e) => LoadAsync();
    private static bool IsDropped(ExpressionSyntax call, FixContext there) => call.Parent switch
    {
        ExpressionStatementSyntax => true,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } left } assignment =>
            assignment.Right == call && there.Model.GetSymbolInfo(left, there.CancellationToken).Symbol is null or IDiscardSymbol,
        ArrowExpressionClauseSyntax { Parent: { } member } =>
            there.Model.GetDeclaredSymbol(member, there.CancellationToken) is IMethodSymbol { ReturnsVoid: true },
        LambdaExpressionSyntax lambda =>
            there.Model.GetSymbolInfo(lambda, there.CancellationToken).Symbol is IMethodSymbol { ReturnsVoid: true },
        _ => false,
    };

    // async void OnClosing(object sender, CancelEventArgs e) { await SaveAsync(); e.Cancel = true; }
    private static bool AnswersBehind(ExpressionSyntax call, FixContext there) =>
        call.Parent is AwaitExpressionSyntax awaited && there.OperationOf(awaited) is { } operation
        && LateAnswer.IsBehind(operation, [awaited.Span], there.CancellationToken);

    // void OnClick(object sender, EventArgs e) => LoadAsync().Wait();
    private static async Task<bool> BlocksOfUserInterfaceAsync(ExpressionSyntax call, FixContext there)
    {
        if (!IsWaitedFor(call) && !IsWaitedForLater(call)) return false;
        if (there.OperationOf(call) is not { } operation
            || CodeContext.Of(operation, there.MemberOf(call), there.Guard).Kind == ExecutionContextKind.BlockingFriendly)
            return false;
        return await IsOfUserInterfaceAsync(there.MemberOf(call), there, depth: 0).ConfigureAwait(false);
    }

    private static async Task<bool> IsOfUserInterfaceAsync(ISymbol? member, FixContext there, int depth)
    {
        if (member is null) return false;
        if (UserInterface.MayHold(member.ContainingType, there.Guard)) return true;
        if (depth == MostDepth) return false;
        foreach (var caller in await SymbolFinder.FindCallersAsync(member, there.Document.Project.Solution, there.CancellationToken)
            .ConfigureAwait(false))
        {
            if (there.Document.Project.Solution.GetDocument(caller.Locations.FirstOrDefault()?.SourceTree) is { } document
                && await there.InAsync(document).ConfigureAwait(false) is { } at
                && await IsOfUserInterfaceAsync(caller.CallingSymbol, at, depth + 1).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private static bool IsWaitedFor(ExpressionSyntax task) => task.Parent is MemberAccessExpressionSyntax access
        && access.Expression == task && TaskMembers.WaitsFor.IsNamed(access.Name.Identifier.ValueText);

    // var loading = LoadAsync(); … loading.Wait();
    private static bool IsWaitedForLater(ExpressionSyntax call) =>
        call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
        && FunctionAround(call) is { } function
        && function.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.Identifier.ValueText && IsWaitedFor(name));

    // Load(), this.Load(), other?.Load(), with ConfigureAwait and parentheses
    private static ExpressionSyntax? CallOf(SyntaxNode name)
    {
        var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
            : name.Parent is MemberBindingExpressionSyntax binding ? binding : name;
        if (target.Parent is not InvocationExpressionSyntax invocation || invocation.Expression != target) return null;
        ExpressionSyntax call = invocation;
        while (true)
        {
            switch (call.Parent)
            {
                case ConditionalAccessExpressionSyntax conditional when conditional.WhenNotNull == call:
                    call = conditional;
                    break;
                case ParenthesizedExpressionSyntax parentheses:
                    call = parentheses;
                    break;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member, Parent: InvocationExpressionSyntax around }
                    when ConventionalNames.KeepsWork(member):
                    call = around;
                    break;
                default:
                    return call;
            }
        }
    }

    /// <summary>Whether every task that the function returns is complete; what it hands on may be.</summary>
    private static bool EndsBeforeItReturns(SyntaxNode function, FixContext there, ExpressionSyntax? except = null)
    {
        if (IsAsync(function)) return true;
        foreach (var returned in Own(function))
        {
            var value = returned switch
            {
                ReturnStatementSyntax { Expression: { } expression } => expression,
                ArrowExpressionClauseSyntax { Expression: { } expression } when returned.Parent == function => expression,
                _ => null,
            };
            if (value is not null && value != except && !IsComplete(there.OperationOf(value), there)) return false;
        }

        return true;
    }

    private static bool IsComplete(IOperation? task, FixContext there) =>
        task is not null && Unwrapped.ImplicitConversions(task) switch
        {
            IPropertyReferenceOperation property =>
                there.Guard.Apis.Has(property.Property, ApiTraits.Completed),
            IInvocationOperation call => there.Guard.Apis.Has(call.TargetMethod, ApiTraits.Completed),
            IDefaultValueOperation => true,
            IThrowOperation => true,
            IObjectCreationOperation created => created.Arguments.All(argument =>
                !there.Guard.Awaitables.IsAwaitable(argument.Value.Type)),
            _ => false,
        };

    // The function as it was: the one of the same name in the same place among those.
    private static SyntaxNode? Original(SyntaxNode function, SyntaxNode edited, SyntaxNode root)
    {
        var place = Functions(edited).Where(other => NameOf(other) == NameOf(function)).ToList().IndexOf(function);
        return Functions(root).Where(other => NameOf(other) == NameOf(function)).ElementAtOrDefault(place);
    }

    private static IEnumerable<SyntaxNode> Functions(SyntaxNode root) =>
        root.DescendantNodes().Where(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax);

    private static string? NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => null,
    };

    // Null in a lambda: its callers are not known.
    private static SyntaxNode? FunctionAround(SyntaxNode node)
    {
        var function = node.Ancestors().FirstOrDefault(ancestor =>
            ancestor is MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
        return function is MethodDeclarationSyntax or LocalFunctionStatementSyntax ? function : null;
    }

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    private static IEnumerable<SyntaxNode> Own(SyntaxNode function) => function.DescendantNodes(node =>
        node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    private static bool IsAwait(SyntaxNode node) => WrittenAwaits.Awaits(node);

    private static bool IsConfigured(SyntaxNode awaiting) => awaiting is AwaitExpressionSyntax
    {
        Expression: InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: WellKnownMember.ConfigureAwait }
        }
    };
}

using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Blocking;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.FlowAnalysis;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Async;

/// <summary>
/// Makes a synchronous function async (<c>R</c> → <c>Task&lt;R&gt;</c>, <c>void</c> → <c>Task</c>): it awaits what it waited for, and its
/// callers await it,
/// which makes them async in turn. All of them have to be able to, or there is no conversion.
/// </summary>
internal sealed class AsyncConversion
{
    private const string Purpose = "async conversion";
    private const int MaxDepth = 4;
    private const int MaxFunctions = 12;

    private readonly HashSet<ISymbol> _methods = new(SymbolEqualityComparer.Default);
    private readonly List<(SyntaxNode Function, FixContext Fix)> _functions = new();
    private readonly List<(ExpressionSyntax Node, WaitReplacement Replacement, FixContext Fix)> _waits = new();
    private readonly List<(ExpressionSyntax Call, AsyncSignature? Signature, FixContext Fix)> _calls = new();

    /// <summary>The conversion of the function that waits at the place, or null where it or a caller cannot follow.</summary>
    public static async Task<AsyncConversion?> OfAsync(ExpressionSyntax wait, FixContext fix)
    {
        var conversion = new AsyncConversion();
        return EnclosingFunction.Of(wait) is { } function && await conversion.AddAsync(function, fix, depth: 0).ConfigureAwait(false)
            && conversion._waits.Any(known => known.Node == wait)
            ? conversion
            : null;
    }

    public void Record(FixEdits all)
    {
        foreach (var (node, replacement, fix) in _waits)
        {
            var edits = all.In(fix.Document.Id);
            if (!edits.IsFirst(node, Purpose)) continue;
            var configureAwait = Awaiting.UsesConfigureAwait(node, fix, replacement.AwaitedType(fix));
            edits.Replace(node,
                current => Awaiting.InPlaceOf((ExpressionSyntax)current, replacement.Write((ExpressionSyntax)current), configureAwait));
        }

        foreach (var (call, signature, fix) in _calls)
        {
            var edits = all.In(fix.Document.Id);
            signature?.Record(edits);
            if (!edits.IsFirst(call, Purpose)) continue;
            var configureAwait = Awaiting.UsesConfigureAwait(call, fix, fix.Guard.Types.Task);
            edits.Replace(call, current => Awaiting.InPlaceOf((ExpressionSyntax)current, (ExpressionSyntax)current, configureAwait));
        }

        foreach (var (function, fix) in _functions)
        {
            var edits = all.In(fix.Document.Id);
            if (!edits.IsFirst(function, Purpose)) continue;
            edits.Replace(function, current => ReturningTask(AsyncSignature.WithAsync(current)));
            KnownImports.AddTask(edits, function, fix);
        }
    }

    private async Task<bool> AddAsync(SyntaxNode function, FixContext fix, int depth)
    {
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || fix.Model.GetDeclaredSymbol(function, fix.CancellationToken) is not IMethodSymbol method)
            return false;
        if (!_methods.Add(method)) return true;
        if (depth > MaxDepth || _methods.Count > MaxFunctions || !CanBecomeAsync(method, function, fix)) return false;
        if (await IsBoundAsync(method, fix).ConfigureAwait(false)) return false;

        _functions.Add((function, fix));
        AddWaits(function, fix);
        return await AddCallersAsync(method, fix, depth).ConfigureAwait(false);
    }

    /// <summary>All the waits of the function itself: none would be one of synchronous code any more.</summary>
    private void AddWaits(SyntaxNode function, FixContext fix)
    {
        foreach (var node in function.DescendantNodes().OfType<ExpressionSyntax>())
        {
            if (node is not (MemberAccessExpressionSyntax or InvocationExpressionSyntax) || EnclosingFunction.Of(node) != function)
                continue;
            if (fix.OperationOf(node) is not { } operation || operation.Syntax != node || TaskWait.Of(operation, fix.Guard) is null)
                continue;
            if (SyncOverAsync.Of(operation, fix.MemberOf(node), () => GraphAround(operation, fix),
                fix.Guard) is not { Place.Obstacle: AwaitObstacle.None })
                continue;
            if (!Awaiting.IsLegalAt(operation) || AggregateHandler.Guards(operation)) continue;
            if (EnclosingFunction.IsUnderChoiceOfBuilds(node, function)) continue;
            if (WaitReplacement.Of(node, operation, fix) is { } replacement) _waits.Add((node, replacement, fix));
        }
    }

    private async Task<bool> AddCallersAsync(IMethodSymbol method, FixContext fix, int depth)
    {
        foreach (var referenced in await SymbolFinder.FindReferencesAsync(method, fix.Document.Project.Solution, fix.CancellationToken)
            .ConfigureAwait(false))
        {
            foreach (var location in referenced.Locations)
            {
                if (location.IsImplicit) return false;
                if (location.Document.Project.Id != fix.Document.Project.Id
                    || await fix.InAsync(location.Document).ConfigureAwait(false) is not { } there)
                    return false;
                var name = there.Root.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
                if (CalledByShape.IsForReflection(name)) return false;
                if (name.FirstAncestorOrSelf<DocumentationCommentTriviaSyntax>() is not null || IsNameOf(name)) continue;
                if (CallOf(name) is not { } call || !await AddCallerAsync(call, there, depth).ConfigureAwait(false)) return false;
            }
        }

        return true;
    }

    private async Task<bool> AddCallerAsync(ExpressionSyntax call, FixContext fix, int depth)
    {
        if (EnclosingFunction.Of(call) is not { } caller || fix.OperationOf(call) is not { } operation) return false;
        if (CodeContext.Of(operation, fix.MemberOf(call), fix.Guard) is not { Obstacle: AwaitObstacle.None } place
            || !Awaiting.IsLegalAt(operation) || AggregateHandler.Guards(operation)
            || (place.IsAsync && AggregateHandler.GuardsCaller(call, fix)))
            return false;

        AsyncSignature? signature = null;
        if (!EnclosingFunction.IsAsync(caller))
        {
            if (place.IsAsync)
            {
                if ((signature = AsyncSignature.For(call, fix)) is null) return false;
            }
            else if (EnclosingFunction.IsUnderChoiceOfBuilds(call, caller)
                || !await AddAsync(caller, fix, depth + 1).ConfigureAwait(false))
            {
                return false;
            }
        }

        _calls.Add((call, signature, fix));
        return true;
    }

    // Load(), this.Load(), other.Load(); other?.Load() would await null.
    private static ExpressionSyntax? CallOf(SyntaxNode name)
    {
        var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent is InvocationExpressionSyntax call && call.Expression == target
            && target.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(
            conditional => conditional.WhenNotNull.Contains(target)) is null ? call : null;
    }

    private static bool IsNameOf(SyntaxNode name) =>
        name.Ancestors()
        .Any(ancestor => ancestor is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    private static bool CanBecomeAsync(IMethodSymbol method, SyntaxNode function, FixContext fix) =>
        method is
        {
            IsVirtual: false, IsOverride: false, IsAbstract: false, IsExtern: false, IsPartialDefinition: false,
            PartialDefinitionPart: null, PartialImplementationPart: null, ReturnsByRef: false, ReturnsByRefReadonly: false
        }
        && method.ExplicitInterfaceImplementations.IsEmpty
        && !method.ReturnType.IsRefLikeType
        && method.ReturnType.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer)
        && method.ContainingType.TypeKind != TypeKind.Interface
        && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType)
        && !function.DescendantNodes().Any(node => node is YieldStatementSyntax && EnclosingFunction.Of(node) == function)
        && !IsSeenOutside(method, fix.Model.Compilation)
        && !SyncOnlyFunction.Is(method, function, fix)
        && !CalledByShape.Is(method, fix);

    // No other project calls into an executable.
    private static bool IsSeenOutside(IMethodSymbol method, Compilation compilation)
    {
        if (method.MethodKind == MethodKind.LocalFunction
            || compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
            return false;
        for (ISymbol? symbol = method; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal)
                return false;
        }

        return true;
    }

    // An interface that the class, or one that derives from it, implements with the method.
    private static async Task<bool> IsBoundAsync(IMethodSymbol method, FixContext fix) =>
        method.MethodKind != MethodKind.LocalFunction
        && (await SymbolFinder.FindImplementedInterfaceMembersAsync(method, fix.Document.Project.Solution,
        cancellationToken: fix.CancellationToken).ConfigureAwait(false)).Any();

    private static ControlFlowGraph GraphAround(IOperation operation, FixContext fix)
    {
        var root = FlowGraphs.RootOf(operation);
        return ControlFlowGraph.Create(root.Syntax, fix.Model, fix.CancellationToken)!;
    }

    private static SyntaxNode ReturningTask(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.WithReturnType(TaskOf(method.ReturnType)),
        LocalFunctionStatementSyntax local => local.WithReturnType(TaskOf(local.ReturnType)),
        _ => function,
    };

    private static TypeSyntax TaskOf(TypeSyntax result)
    {
        TypeSyntax task = result is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
            ? IdentifierName("Task")
            : GenericName(Identifier("Task"), TypeArgumentList(SingletonSeparatedList(result.WithoutTrivia())));
        return task.WithTriviaFrom(result);
    }
}

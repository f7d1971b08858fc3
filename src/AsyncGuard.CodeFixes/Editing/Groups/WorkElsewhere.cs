using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Work whose code is not where its call leads in this compilation: a member of another project of the solution, one that implements that
/// of an interface, one that overrides it.
/// <code>_ = _monitor.RunAsync();      class Monitor : IMonitor { public async Task RunAsync() { while (true) await PollAsync(); } }</code>
/// </summary>
internal sealed class WorkElsewhere
{
    private const int MostDepth = 3;
    private const int MostMembers = 50;

    private readonly FixContext _fix;
    private readonly bool _isDeliberate;
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);

    private WorkElsewhere(FixContext fix, bool isDeliberate)
    {
        _fix = fix;
        _isDeliberate = isDeliberate;
    }

    /// <summary>Whether one of the members that the start may call there has no end of its own, see <see cref="EndlessWork"/>.</summary>
    public static async Task<bool> IsEndlessAsync(ExpressionSyntax start, bool isDeliberate, FixContext fix) =>
        fix.OperationOf(start) is { } work
        && await new WorkElsewhere(fix, isDeliberate).HasAsync(work.DescendantsAndSelf().Select(Called), depth: 0).ConfigureAwait(false);

    private async Task<bool> HasAsync(IEnumerable<IMethodSymbol?> called, int depth)
    {
        foreach (var method in called.OfType<IMethodSymbol>().Where(IsWork))
        {
            if (_seen.Count > MostMembers || !_seen.Add(method.OriginalDefinition)) continue;
            foreach (var member in await AnsweringAsync(method.OriginalDefinition).ConfigureAwait(false))
            {
                if (await IsEndlessAsync(member, depth).ConfigureAwait(false)) return true;
            }
        }

        return false;
    }

    private async Task<bool> IsEndlessAsync(IMethodSymbol member, int depth)
    {
        var solution = _fix.Document.Project.Solution;
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            if (solution.GetDocument(reference.SyntaxTree) is not { } document
                || await _fix.InAsync(document).ConfigureAwait(false) is not { } there)
                continue;
            if (EndlessWork.IsIn(member, _isDeliberate, there.Guard)) return true;
            if (depth == MostDepth) continue;
            var next = Bodies.Of(there.Guard).OperationsOf(member).SelectMany(body => body.DescendantsAndSelf())
                .OfType<IInvocationOperation>().Where(EndlessWork.IsWaitedFor).Select(call => call.TargetMethod);
            if (await HasAsync(next, depth + 1).ConfigureAwait(false)) return true;
        }

        return false;
    }

    // The member itself, and what stands in its place.
    private async Task<IEnumerable<IMethodSymbol>> AnsweringAsync(IMethodSymbol method)
    {
        var solution = _fix.Document.Project.Solution;
        var answers = new List<ISymbol> { method };
        if (method.ContainingType?.TypeKind == TypeKind.Interface)
        {
            answers.AddRange(await SymbolFinder.FindImplementationsAsync(method, solution, cancellationToken: _fix.CancellationToken)
                .ConfigureAwait(false));
        }
        else if (method is { IsSealed: false } and ({ IsVirtual: true } or { IsAbstract: true } or { IsOverride: true }))
        {
            answers.AddRange(await SymbolFinder.FindOverridesAsync(method, solution, cancellationToken: _fix.CancellationToken)
                .ConfigureAwait(false));
        }

        return answers.OfType<IMethodSymbol>();
    }

    private static IMethodSymbol? Called(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation reference => reference.Method,
        _ => null,
    };

    // Members of the framework and of packages have no code here, and theirs does not call back into the solution's by itself.
    private static bool IsWork(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
        && method.OriginalDefinition.Locations.Any(place => place.IsInSource);
}

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AsyncGuard.Plans;

/// <summary>What every fix shares: it finds node and model once, asks for plans, and offers only those whose result compiles.</summary>
public abstract class GuardFix : CodeFixProvider
{
    private readonly ImmutableArray<string> _ids;

    private protected GuardFix(DiagnosticDescriptor rule, params string[] compilerIds) =>
        _ids = ImmutableArray.Create(rule.Id).AddRange(compilerIds);

    public sealed override ImmutableArray<string> FixableDiagnosticIds => _ids;

    public sealed override FixAllProvider? GetFixAllProvider() => IsForOneOnly ? null : GuardFixAll.Instance;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var plan in await VerifiedPlansAsync(context.Document, diagnostic, key: null, context.CancellationToken)
                .ConfigureAwait(false))
            {
                var action =
                    CodeAction.Create(plan.Title, token => FixEdits.ApplyAsync(context.Document.Project.Solution, plan, token),
                    plan.EquivalenceKey);
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>The plans for one finding, or only the one with the equivalence key, that compile when they are carried out.</summary>
    internal async Task<IReadOnlyList<FixPlan>> VerifiedPlansAsync(Document document, Diagnostic diagnostic, string? key,
        CancellationToken cancellationToken)
    {
        if (await FixContext.CreateAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is not { } fix) return [];

        var verified = new List<FixPlan>();
        foreach (var plan in await PlansAsync(fix).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Plans of one key are ways to the same end: the first that compiles is offered.
            if ((key is not null && plan.EquivalenceKey != key) || verified.Exists(known => known.EquivalenceKey == plan.EquivalenceKey))
                continue;
            if (await SpeculativeBinding.CompilesAsync(fix, plan).ConfigureAwait(false)) verified.Add(plan);
        }

        // Those that need a review stand behind the safe ones.
        return [.. verified.OrderByDescending(plan => plan.IsSafe)];
    }

    /// <summary>Whether each finding is deliberate code, which must not be rewritten in passing: there is no Fix All then.</summary>
    private protected virtual bool IsForOneOnly => false;

    /// <summary>Every plan, best first. A fix that has at most one overrides <see cref="Plan"/> instead.</summary>
    private protected virtual IEnumerable<FixPlan> Plans(FixContext fix) => Plan(fix) is { } plan ? [plan] : [];

    /// <summary>The plan, or null where there is nothing to offer.</summary>
    private protected virtual FixPlan? Plan(FixContext fix) => null;

    /// <summary>For fixes that have to look beyond the document.</summary>
    private protected virtual Task<IEnumerable<FixPlan>> PlansAsync(FixContext fix) => Task.FromResult(Plans(fix));
}

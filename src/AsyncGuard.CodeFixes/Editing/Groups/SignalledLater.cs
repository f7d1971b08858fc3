using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Work that uses what the code behind its start signals, completes, fills or drains: awaited at its start, it might wait for what never
/// comes.
/// <code>ReadAsync(channel.Reader); await channel.Writer.WriteAsync(1);      WaitAsync(); _ready.SetResult();</code>
/// </summary>
internal static class SignalledLater
{
    /// <summary>Whether the work that the expression starts may need what follows it.</summary>
    public static bool Is(ExpressionSyntax start, SemanticModel model, FixContext fix)
    {
        if (model.GetOperation(start, fix.CancellationToken) is not { } work) return false;
        var signalled = SignalledBehind(start, FlowGraphs.FunctionAround(work) ?? FlowGraphs.RootOf(work));
        if (signalled.Count == 0) return false;
        return Mentions([work], signalled) || CalledBy(work).Any(method =>
            Mentions(Bodies.Of(fix.Guard).OperationsOf(method), signalled));
    }

    private static HashSet<ISymbol> SignalledBehind(ExpressionSyntax start, IOperation function)
    {
        var signalled = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var taken = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in function.Descendants())
        {
            if (operation is not IInvocationOperation { Instance: { } receiver, TargetMethod.Name: var name } call
                || operation.Syntax.SpanStart <= start.Span.End || AccessPath.Of(receiver) is not { Root: var root })
                continue;
            // What is taken after the start is released there too: that is no signal.
            if (AcquireScope.Acquires(call)) taken.Add(root);
            else if (RefusalNames.MaySignal(name) && !taken.Contains(root)
                && CanBeWaitedFor(receiver.Type)) signalled.Add(root);
        }

        return signalled;
    }

    // A source of a task or of a token, a semaphore, an event, a channel or another queue between two; not a list or a stream
    private static bool CanBeWaitedFor(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (RefusalNames.CanBeWaitedFor(current.Name)) return true;
        }

        return false;
    }

    // LoopAsync(), Task.Run(() => LoopAsync()), Task.Run(LoopAsync)
    private static IEnumerable<IMethodSymbol> CalledBy(IOperation work) => work.DescendantsAndSelf().Select(operation => operation switch
    {
        IInvocationOperation call => call.TargetMethod.OriginalDefinition,
        IMethodReferenceOperation method => method.Method.OriginalDefinition,
        _ => null,
    }).OfType<IMethodSymbol>();

    private static bool Mentions(IEnumerable<IOperation> code, HashSet<ISymbol> symbols) =>
        code.SelectMany(one => one.DescendantsAndSelf()).Any(operation => operation switch
        {
            ILocalReferenceOperation local => symbols.Contains(local.Local),
            IParameterReferenceOperation parameter => symbols.Contains(parameter.Parameter),
            IMemberReferenceOperation member => symbols.Contains(member.Member),
            _ => false,
        });
}

using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Code.Flow;
using AsyncGuard.Analysis.Concurrency;
using AsyncGuard.Catalog;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Limits;

/// <summary>
/// A reader that visibly takes items for as long as there are any. One that ends earlier, by a failure, a <c>break</c> or a cancellation,
/// or that starts when the writer has ended, leaves the writer of a full channel waiting forever.
/// <code>await foreach (var item in reader.ReadAllAsync()) { try { await SaveAsync(item); } catch (Exception e) { Log(e); } }</code>
/// </summary>
internal static class LastingReader
{
    /// <summary>Whether all code that takes items out of the buffer is such a reader.</summary>
    public static bool Is(UnboundedBuffer buffer, IInvocationOperation made, FixContext fix) =>
        buffer.Takes.Count > 0 && buffer.Takes.All(take =>
            LoopOf(take, buffer) is { } loop && Lasts(loop, buffer) && HasTokenOfWriters(take, buffer, fix)
            && StartsWithWriter(loop, made));

    // The outermost loop around it that takes items
    private static ILoopOperation? LoopOf(IInvocationOperation take, UnboundedBuffer buffer)
    {
        ILoopOperation? found = null;
        for (var parent = take.Parent; parent is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation);
            parent = parent.Parent)
        {
            if (parent is not ILoopOperation loop) continue;
            if (!TakesUntilTheEnd(loop, buffer)) return null;
            found = loop;
        }

        return found;
    }

    // await foreach (… in reader.ReadAllAsync()), while (await reader.WaitToReadAsync()), while (reader.TryRead(out …)), while (true)
    private static bool TakesUntilTheEnd(ILoopOperation loop, UnboundedBuffer buffer) => loop switch
    {
        IForEachLoopOperation each => each.Collection.DescendantsAndSelf().Any(operation => IsTake(operation, buffer)),
        IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } =>
            condition.ConstantValue is { HasValue: true, Value: true } || IsTake(Unwrapped.Conversions(condition), buffer)
            || (condition is IAwaitOperation awaited && IsTake(Unwrapped.Awaited(awaited.Operation), buffer)),
        _ => false,
    };

    private static bool Lasts(ILoopOperation loop, UnboundedBuffer buffer)
    {
        foreach (var operation in loop.Body.Descendants())
        {
            switch (operation)
            {
                case IReturnOperation when !IsInFunction(operation, loop):
                case IBranchOperation { BranchKind: not BranchKind.Continue } when !IsInFunction(operation, loop):
                    return false;
                case IAwaitOperation awaited when IsTake(Unwrapped.Awaited(awaited.Operation), buffer):
                case IInvocationOperation when IsTake(operation, buffer):
                    continue;
                case IAwaitOperation or IInvocationOperation or IObjectCreationOperation or IThrowOperation or IDynamicInvocationOperation
                    when !IsInFunction(operation, loop) && !IsCaught(operation, loop):
                    return false;
            }
        }

        return true;
    }

    private static bool IsInFunction(IOperation operation, ILoopOperation loop)
    {
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, loop); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }

    // In a try that catches everything, or in its handler, where the author has decided what happens to a failure
    private static bool IsCaught(IOperation operation, ILoopOperation loop)
    {
        for (var (child, parent) = (operation, operation.Parent); parent is not null && !ReferenceEquals(child, loop);
            (child, parent) = (parent, parent.Parent))
        {
            if (child is ICatchClauseOperation handler) return operation is not IThrowOperation && CatchesAll(handler);
            if (parent is ITryOperation attempt && ReferenceEquals(attempt.Body, child) && attempt.Catches.Any(CatchesAll)
                && attempt.Catches.All(clause => !clause.Handler.Descendants().Any(inner => inner is IThrowOperation)))
                return true;
        }

        return false;
    }

    private static bool CatchesAll(ICatchClauseOperation clause) =>
        clause.Filter is null && Faults.IsEveryException(clause.ExceptionType);

    private static bool IsTake(IOperation? operation, UnboundedBuffer buffer) =>
        operation is not null && buffer.Takes.Any(take => take.Syntax == operation.Syntax);

    // A reader that a token ends needs writers that the same token ends.
    private static bool HasTokenOfWriters(IInvocationOperation take, UnboundedBuffer buffer, FixContext fix)
    {
        if (take.Syntax.Ancestors().OfType<InvocationExpressionSyntax>().TakeWhile(call => call.Span.Start == take.Syntax.SpanStart)
            .Any(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: not WellKnownMember.ConfigureAwait }))
            return false;
        return TokenOf(take, fix) is not { } token || buffer.Puts.All(put => TokenOf(put, fix) == token);
    }

    private static string? TokenOf(IInvocationOperation call, FixContext fix) => call.Arguments.FirstOrDefault(argument =>
        argument.ArgumentKind == ArgumentKind.Explicit && fix.Guard.Tokens.IsToken(argument.Parameter?.Type)
        && argument.Value is not IDefaultValueOperation)?.Value.Syntax.ToString();

    // Where one function makes the channel and starts the reader, it waits for nothing before.
    private static bool StartsWithWriter(ILoopOperation loop, IInvocationOperation made)
    {
        var maker = FunctionAround(made.Syntax);
        var own = FunctionAround(loop.Syntax);
        if (own is not null && own != maker && Waits(own, own.SpanStart, loop.Syntax)) return false;
        if (maker is null) return true;
        var start = loop.Syntax;
        if (own is { } reader && reader != maker)
        {
            if (reader.Ancestors().Contains(maker) && reader is AnonymousFunctionExpressionSyntax)
            {
                start = reader;
            }
            else
            {
                var name = reader switch
                {
                    LocalFunctionStatementSyntax local => local.Identifier.ValueText,
                    MethodDeclarationSyntax method => method.Identifier.ValueText,
                    _ => null,
                };
                var called = maker.DescendantNodes().OfType<SimpleNameSyntax>()
                    .FirstOrDefault(node => node.Identifier.ValueText == name && node.SpanStart > made.Syntax.Span.End);
                if (called is null) return false;
                start = called;
            }
        }

        return !Waits(maker, made.Syntax.Span.End, start);
    }

    private static bool Waits(SyntaxNode function, int from, SyntaxNode until) => function.DescendantNodes().Any(node =>
        node is AwaitExpressionSyntax or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
        && node.SpanStart >= from && node.SpanStart < until.SpanStart && !node.Contains(until) && FunctionAround(node) == function);

    private static SyntaxNode? FunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor =>
        ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax
            or AccessorDeclarationSyntax);
}

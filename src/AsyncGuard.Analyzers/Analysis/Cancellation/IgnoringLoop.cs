using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>
/// A loop in async code that runs until its data ends, or without end, and that no token can stop although one is in scope.
/// </summary>
internal static class IgnoringLoop
{
    /// <summary>The token that the loop should look at, or null where it does, or where there is none.</summary>
    public static TokenCandidate? TokenIgnoredBy(ILoopOperation loop, ISymbol? member, GuardContext guard)
    {
        if (!CodeContext.MayBeAsync(loop, member, guard) || !IsOpen(loop, guard) || !HasWait(loop, guard)
            || TokenScope.Of(guard).Best(loop, member) is not { } token)
            return null;
        if (Observes(loop, token, guard) || IsCleanup(loop, member, guard) || !CodeContext.Of(loop, member, guard).IsAsync) return null;
        if (IsHeld(token, member) && (!LoopBounds.IsEndless(loop) || Leaves(loop) || CallsItself(loop, member))) return null;
        return EndsByOthers(loop, guard) ? null : token;
    }

    /// <summary>
    /// Whether nothing but the data or other code ends the loop: it does not count, and it does not run through something that is at hand.
    /// </summary>
    public static bool IsOpen(ILoopOperation loop, GuardContext guard) => loop switch
    {
        IForEachLoopOperation each => !each.IsAsynchronous && Arrives(each.Collection, guard),
        IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: false } } => false,
        IWhileLoopOperation { Condition: { } condition } => !IsFlag(condition) && !LoopBounds.IsCounted(loop),
        IForLoopOperation { Condition: { } condition } => !IsFlag(condition) && !LoopBounds.IsCounted(loop),
        IForLoopOperation => !LoopBounds.IsCounted(loop),
        _ => false,
    };

    // foreach (var item in queue.GetConsumingEnumerable()), foreach (var line in File.ReadLines(path))
    private static bool Arrives(IOperation collection, GuardContext guard)
    {
        collection = Unwrapped.Conversions(collection);
        return collection is IInvocationOperation call && guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks)
            && !NothingToWaitFor.Is(call, guard);
    }

    // while (_running), while (!IsStopped): other code ends it in another way
    private static bool IsFlag(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            if (operation is IMemberReferenceOperation
                {
                    Type.SpecialType: SpecialType.System_Boolean,
                    Instance: null or IInstanceReferenceOperation
                } member && member is not IMethodReferenceOperation)
                return true;
        }

        return false;
    }

    /// <summary>Whether the loop itself awaits, or calls something that blocks.</summary>
    private static bool HasWait(ILoopOperation loop, GuardContext guard)
    {
        foreach (var operation in loop.Descendants())
        {
            var waits = operation switch
            {
                IAwaitOperation awaited => !CleanupCode.IsAwaited(awaited),
                IForEachLoopOperation { IsAsynchronous: true } => true,
                IInvocationOperation call => guard.Apis.Has(call.TargetMethod, ApiTraits.Blocks) && !NothingToWaitFor.Is(call, guard),
                _ => false,
            };
            if (waits && IsOf(loop, operation)) return true;
        }

        return false;
    }

    public static bool Observes(ILoopOperation loop, TokenCandidate token, GuardContext guard)
    {
        foreach (var operation in loop.Descendants())
        {
            switch (operation)
            {
                // Code that receives the request, its source or something made with the token may check it.
                case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
                    or IInvocationOperation when TokenUse.Is(operation, guard) || guard.Tokens.IsSource(operation.Type):
                case IParameterReferenceOperation { Parameter: var parameter }
                    when SymbolEqualityComparer.Default.Equals(parameter, token.Owner):
                case IMemberReferenceOperation { Member: var held } when SymbolEqualityComparer.Default.Equals(held, token.Owner):
                case ILocalReferenceOperation when MadeWithToken.Is(operation, guard):
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } local } when NamesToken(local, token):
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } handed } when NamesToken(handed, token):
                    return true;
            }
        }

        return false;
    }

    // async Task StepAsync() => await client.GetAsync(url, token); also through other local functions
    private static bool NamesToken(IMethodSymbol function, TokenCandidate token)
    {
        foreach (var declaration in function.DeclaringSyntaxReferences)
        {
            if (Names(declaration.GetSyntax(), token.Owner.Name, new HashSet<SyntaxNode>())) return true;
        }

        return false;
    }

    private static bool Names(SyntaxNode function, string token, HashSet<SyntaxNode> seen)
    {
        if (!seen.Add(function)) return false;
        foreach (var node in function.DescendantNodes())
        {
            if (node is not IdentifierNameSyntax { Identifier.ValueText: var name }) continue;
            if (name == token || (LocalFunctionAround(node, name) is { } other && Names(other, token, seen))) return true;
        }

        return false;
    }

    private static LocalFunctionStatementSyntax? LocalFunctionAround(SyntaxNode place, string name)
    {
        for (var block = place.Parent; block is not (null or MemberDeclarationSyntax); block = block.Parent)
        {
            if (block is not BlockSyntax { Statements: var statements }) continue;
            foreach (var statement in statements)
            {
                if (statement is LocalFunctionStatementSyntax local && local.Identifier.ValueText == name) return local;
            }
        }

        return null;
    }

    public static bool IsCleanup(ILoopOperation loop, ISymbol? member, GuardContext guard)
    {
        if ((member is IMethodSymbol && CleanupNames.EndsLife(member.Name)) || CleanupCode.Surrounds(loop, member, guard)) return true;
        for (var parent = loop.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is ILocalFunctionOperation local && CleanupNames.EndsLife(local.Symbol.Name)) return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the token belongs to the object and not to the call: what the object's other methods do with it is not seen from the loop.
    /// </summary>
    public static bool IsHeld(TokenCandidate token, ISymbol? member) => token.Owner switch
    {
        IFieldSymbol or IPropertySymbol => true,
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } =>
            !SymbolEqualityComparer.Default.Equals(constructor, member),
        _ => false,
    };

    private static bool CallsItself(ILoopOperation loop, ISymbol? member)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IInvocationOperation { TargetMethod: var method }
                && (method.MethodKind == MethodKind.DelegateInvoke || !method.DeclaringSyntaxReferences.IsEmpty
                || SymbolEqualityComparer.Default.Equals(method.ContainingType, member?.ContainingType)))
                return true;
        }

        return false;
    }

    private static bool Leaves(ILoopOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is IReturnOperation { Kind: OperationKind.Return }
                or IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo } or IThrowOperation && IsOf(loop, operation))
                return true;
        }

        return false;
    }

    /// <summary>Whether something that received the token before ends what the loop waits for.</summary>
    public static bool EndsByOthers(ILoopOperation loop, GuardContext guard)
    {
        var root = FlowGraphs.RootOf(loop);
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                // using var _ = token.Register(() => socket.Dispose())
                case IInvocationOperation { TargetMethod: var method } when CancellationMembers.Register.Is(method):

                // using var operation = connection.StartOperation(token)
                case IUsingDeclarationOperation use when IsScopeOfToken(use.DeclarationGroup, guard):
                case IUsingOperation { Resources: var resources } when IsScopeOfToken(resources, guard):

                // _rows.Reset(token); while (await _rows.MoveNextAsync()) …
                case IInvocationOperation { Instance: { } receiver, Parent: IExpressionStatementOperation } call
                    when TokenUse.IsIn(call, guard) && AccessPath.Of(receiver) is { } path && Uses(loop, path):
                    return true;
            }
        }

        return false;
    }

    // What was awaited has had its use of the token: using var stream = await client.GetStreamAsync(url, token)
    private static bool IsScopeOfToken(IOperation resources, GuardContext guard)
    {
        foreach (var operation in resources.Descendants())
        {
            if (operation is IAwaitOperation) return false;
        }

        return TokenUse.IsIn(resources, guard);
    }

    private static bool Uses(ILoopOperation loop, AccessPath path)
    {
        foreach (var operation in loop.Descendants())
        {
            if (operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation
                && AccessPath.Of(operation) is { } used && used.Equals(path))
                return true;
        }

        return false;
    }

    public static bool IsOf(ILoopOperation loop, IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null && !ReferenceEquals(parent, loop); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return false;
        }

        return true;
    }
}

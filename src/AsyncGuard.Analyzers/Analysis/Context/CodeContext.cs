using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Context;

/// <summary>Where an operation runs: decided by the innermost function, seen through delegates that are called in place.</summary>
internal readonly struct CodeContext
{
    private CodeContext(ExecutionContextKind kind, AwaitObstacle obstacle, IMethodSymbol? function)
    {
        Kind = kind;
        Obstacle = obstacle;
        Function = function;
    }

    public ExecutionContextKind Kind { get; }

    /// <summary>What forbids <c>await</c> right there, although the code is async.</summary>
    public AwaitObstacle Obstacle { get; }

    /// <summary>The function that makes the code async, or null outside of any.</summary>
    public IMethodSymbol? Function { get; }

    public bool IsAsync => Kind == ExecutionContextKind.Async;

    /// <summary>Classifies the place of an operation. <paramref name="member"/> is the method, property or field that holds it.</summary>
    public static CodeContext Of(IOperation operation, ISymbol? member, GuardContext guard)
    {
        var obstacle = AwaitObstacle.None;
        var child = operation;
        for (var parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case INameOfOperation:
                    return new CodeContext(ExecutionContextKind.NotExecuted, obstacle, null);

                case ILockOperation locked when ReferenceEquals(locked.Body, child):
                    obstacle = Outer(obstacle, AwaitObstacle.Lock);
                    break;

                case ICatchClauseOperation clause when ReferenceEquals(clause.Filter, child):
                    obstacle = Outer(obstacle, AwaitObstacle.CatchFilter);
                    break;

                case ILocalFunctionOperation local:
                    return new CodeContext(KindOf(local.Symbol, guard), WithUnsafe(obstacle, operation), local.Symbol);

                case IAnonymousFunctionOperation lambda:
                    if (IsExpressionTree(lambda, guard)) return new CodeContext(ExecutionContextKind.NotExecuted, obstacle, lambda.Symbol);
                    if (IsAsyncFunction(lambda.Symbol, guard))
                        return new CodeContext(ExecutionContextKind.Async, WithUnsafe(obstacle, operation), lambda.Symbol);
                    var (kind, call) = DelegateUse.Of(lambda, guard);
                    if (kind != DelegateUseKind.InPlace)
                        return new CodeContext(kind == DelegateUseKind.Offloaded ? ExecutionContextKind.BlockingFriendly
                            : ExecutionContextKind.Unsure, obstacle, lambda.Symbol);

                    obstacle = Outer(obstacle,
                        lambda.Syntax is AnonymousFunctionExpressionSyntax ? AwaitObstacle.SynchronousLambda : AwaitObstacle.Query);
                    parent = call!;
                    break;
            }
        }

        return member is IMethodSymbol method
            ? new CodeContext(KindOf(method, guard), WithUnsafe(obstacle, operation), method)
            : new CodeContext(ExecutionContextKind.Unsure, obstacle, null);
    }

    /// <summary>Whether any function around the operation is async code: the quick test, wrong only in favour of a closer look.</summary>
    public static bool MayBeAsync(IOperation operation, ISymbol? member, GuardContext guard)
    {
        if (member is IMethodSymbol method && IsAsyncFunction(method, guard)) return true;
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case ILocalFunctionOperation local:
                    return IsAsyncFunction(local.Symbol, guard);
                case IAnonymousFunctionOperation lambda when IsAsyncFunction(lambda.Symbol, guard):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the body of the function is async code: it is <c>async</c>, or it returns an awaitable.</summary>
    public static bool IsAsyncFunction(IMethodSymbol function, GuardContext guard) =>
        function.IsAsync
        || (function.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation or MethodKind.LocalFunction
        or MethodKind.AnonymousFunction && guard.Awaitables.IsAwaitable(function.ReturnType));

    /// <summary>Whether the operation is data, not code that runs: some lambda around it becomes an expression tree.</summary>
    public static bool IsInExpressionTree(IOperation operation, GuardContext guard)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation lambda && IsExpressionTree(lambda, guard)) return true;
        }

        return false;
    }

    private static ExecutionContextKind KindOf(IMethodSymbol function, GuardContext guard)
    {
        if (IsAsyncFunction(function, guard)) return ExecutionContextKind.Async;
        return IsEntryPoint(function) ? ExecutionContextKind.BlockingFriendly : ExecutionContextKind.Unsure;
    }

    // static void Main(string[] args), or a top-level program without await
    public static bool IsEntryPoint(IMethodSymbol method) =>
        method is
        {
            IsStatic: true, MethodKind: MethodKind.Ordinary,
            Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName
        };

    // Expression<Func<T>> e = () => …, and every lambda handed to an IQueryable
    private static bool IsExpressionTree(IAnonymousFunctionOperation lambda, GuardContext guard) =>
        lambda.Parent is IConversionOperation use && guard.Types.IsExpressionTree(use.Type);

    // The innermost reason is the one to name.
    private static AwaitObstacle Outer(AwaitObstacle known, AwaitObstacle found) => known == AwaitObstacle.None ? found : known;

    private static AwaitObstacle WithUnsafe(AwaitObstacle known, IOperation operation)
    {
        if (known != AwaitObstacle.None) return known;
        for (var node = operation.Syntax; node is not null; node = node.Parent)
        {
            var isUnsafe = node switch
            {
                UnsafeStatementSyntax => true,
                MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
                LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
                _ => false,
            };
            if (isUnsafe) return AwaitObstacle.Unsafe;
        }

        return AwaitObstacle.None;
    }
}

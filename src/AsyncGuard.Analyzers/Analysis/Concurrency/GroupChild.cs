using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Concurrency;

/// <summary>A lambda that a task group runs as a child and hands a token: <c>group.Start(ct => LoadAsync(ct))</c>.</summary>
internal sealed class GroupChild
{
    private readonly IAnonymousFunctionOperation _lambda;
    private readonly IInvocationOperation _start;
    private readonly GuardContext _guard;

    private GroupChild(IAnonymousFunctionOperation lambda, IParameterSymbol token, IInvocationOperation start, GuardContext guard)
    {
        _lambda = lambda;
        Token = token;
        _start = start;
        _guard = guard;
    }

    /// <summary>The child's own token.</summary>
    public IParameterSymbol Token { get; }

    public static bool Is(IAnonymousFunctionOperation lambda, GuardContext guard) => Of(lambda, guard) is not null;

    /// <summary>The child that the lambda is, or null where no group runs it.</summary>
    public static GroupChild? Of(IAnonymousFunctionOperation lambda, GuardContext guard)
    {
        var parameters = lambda.Symbol.Parameters;
        if (parameters.Length == 0 || parameters[parameters.Length - 1] is not { } token || !guard.Tokens.IsToken(token.Type)) return null;
        return StartOf(lambda) is { } start && guard.Types.IsAnyGroup(start.TargetMethod.ContainingType)
            ? new GroupChild(lambda, token, start, guard) : null;
    }

    /// <summary>The call that receives the lambda or method group, alone or in a list.</summary>
    public static IInvocationOperation? StartOf(IOperation function)
    {
        var use = function.Parent;
        while (use is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or IArrayInitializerOperation
            or IArrayCreationOperation or { Kind: ElementList.CollectionExpression })
            use = use.Parent;
        return (use as IArgumentOperation)?.Parent as IInvocationOperation;
    }

    /// <summary>
    /// The calls that could receive the child's token, where it is not used at all: they take none, or that of the code around.
    /// </summary>
    public IReadOnlyList<IInvocationOperation> CallsWithoutToken(ISymbol? member)
    {
        var calls = new List<IInvocationOperation>();
        foreach (var operation in _lambda.Body.Descendants())
        {
            switch (operation)
            {
                case IParameterReferenceOperation { Parameter: var read } when SymbolEqualityComparer.Default.Equals(read, Token):
                    return new List<IInvocationOperation>();

                case IInvocationOperation call
                    when _guard.Awaitables.IsAwaitable(call.Type) && ReferenceEquals(FlowGraphs.FunctionAround(call), _lambda):
                    if (TakesToken(call, member)) calls.Add(call);
                    break;
            }
        }

        return calls;
    }

    /// <summary>The argument that gives a call the token of the code around, which the group received as well.</summary>
    public IArgumentOperation? OuterToken(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind != ArgumentKind.Explicit || !_guard.Tokens.IsToken(argument.Value.Type)) continue;
            return AccessPath.Of(argument.Value) is { } path && path.Equals(GroupToken()) ? argument : null;
        }

        return null;
    }

    private bool TakesToken(IInvocationOperation call, ISymbol? member)
    {
        if (OuterToken(call) is not null) return true;
        return CancellableCalls.Of(_guard).MayTakeToken(call)
            && CancellableCalls.Of(_guard).Find(call, new TokenCandidate(Token)) is not null && !CleanupCode.Is(call, member, _guard);
    }

    /// <summary>The token that was passed to the group.</summary>
    private AccessPath? GroupToken()
    {
        if (_start.Instance is null) return TokenGivenTo(_start);
        var group = _start.Instance;
        if (group is IPropertyReferenceOperation { Instance: { } scope } && GroupMembers.Group.IsUse(group)) group = scope;
        switch (group)
        {
            // TaskGroup.RunAsync(group => …, token)
            case IParameterReferenceOperation { Parameter: var parameter }:
                for (var parent = group.Parent; parent is not null; parent = parent.Parent)
                {
                    if (parent is IAnonymousFunctionOperation body && body.Symbol.Parameters.ContainsSymbol(parameter))
                        return StartOf(body) is { } run && _guard.Types.IsTaskGroup(run.TargetMethod.ContainingType) ? TokenGivenTo(run)
                            : null;
                }

                return null;

            // await using var scope = TaskGroup.Open(cancellationToken: token);
            case ILocalReferenceOperation { Local: var local }:
                foreach (var operation in FlowGraphs.RootOf(group).Descendants())
                {
                    if (operation is IVariableDeclaratorOperation { Initializer.Value: IInvocationOperation opening } declarator
                        && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                        return TokenGivenTo(opening);
                }

                return null;

            default:
                return null;
        }
    }

    private AccessPath? TokenGivenTo(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && _guard.Tokens.IsToken(argument.Value.Type))
                return AccessPath.Of(argument.Value);
        }

        return null;
    }
}

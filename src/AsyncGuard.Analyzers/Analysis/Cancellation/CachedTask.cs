using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tasks;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cancellation;

/// <summary>What is wrong with a task that is kept for later callers: it ends with the token of the first, or keeps its failure.</summary>
internal static class CachedTask
{
    /// <summary>The argument that gives the cached work the token of one caller; null where there is none.</summary>
    public static IOperation? TokenOfCaller(IOperation keeping, GuardContext guard)
    {
        foreach (var operation in keeping.Descendants())
        {
            if (operation is not IArgumentOperation { Parameter.Type: { } type, Value: var value }
                || !guard.Tokens.IsToken(type))
                continue;
            if (IsOfCaller(value, keeping) || (HandedOver(value, keeping) is { } handed && IsOfCaller(handed, keeping))) return value;
        }

        return null;
    }

    // GetOrAdd(key, static (k, state) => state.loader.LoadAsync(k, state.token), (loader, token)): the item of the tuple
    private static IOperation? HandedOver(IOperation value, IOperation keeping)
    {
        if (keeping is not IInvocationOperation call
            || Unwrapped.Conversions(value) is not IFieldReferenceOperation { Field: var item, Instance: IParameterReferenceOperation all }
            || item.ContainingType is not { IsTupleType: true, TupleElements: var items })
            return null;
        foreach (var argument in call.Arguments)
        {
            if (Unwrapped.Conversions(argument.Value) is not ITupleOperation { Elements: var elements } tuple
                || elements.Length != items.Length
                || !SymbolEqualityComparer.Default.Equals(tuple.Type, all.Parameter.Type))
                continue;
            for (var i = 0; i < items.Length; i++)
            {
                if (items[i].Name == item.Name
                    || SymbolEqualityComparer.Default.Equals(items[i].CorrespondingTupleField, item.CorrespondingTupleField ?? item))
                    return elements[i];
            }
        }

        return null;
    }

    /// <summary>Whether nothing ever takes the task out again, so that a failure stays.</summary>
    public static bool KeepsFailure(IOperation keeping, GuardContext guard) =>
        CachedWork.KeeperOf(keeping) is { DeclaredAccessibility: Accessibility.Private } keeper && HoldsForEver(keeper, guard)
        && MayFail(keeping, guard) && !IsTakenOut(keeper, keeping);

    // token, context.RequestAborted, source.Token; not a token that belongs to the object, nor that of a service
    private static bool IsOfCaller(IOperation value, IOperation keeping) => AccessPath.Of(value)?.Root switch
    {
        IParameterSymbol parameter =>
            IsOutside(parameter, keeping)
            && parameter.ContainingSymbol is IMethodSymbol
            {
                MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor)
            } function && !StartsService(function),
        ILocalSymbol local => IsOutside(local, keeping),
        _ => false,
    };

    // protected override Task ExecuteAsync(CancellationToken stoppingToken)
    private static bool StartsService(IMethodSymbol function) =>
        ConventionalNames.StartsService(function.Name) && FixedSignature.IsPartOfContract(function);

    private static bool IsOutside(ISymbol symbol, IOperation keeping)
    {
        foreach (var declaration in symbol.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == keeping.Syntax.SyntaxTree && keeping.Syntax.Span.Contains(declaration.Span)) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether callers get the task: from the assignment itself, or by an <c>await</c> or <c>return</c> of the member in code that does not
    /// end the object.
    /// <c>_running ??= RunAsync();</c> only starts work once.
    /// </summary>
    public static bool IsHandedOut(IOperation keeping)
    {
        if (keeping is not IAssignmentOperation { Parent: IExpressionStatementOperation } || CachedWork.KeeperOf(keeping) is not { } keeper)
            return true;
        foreach (var part in keeper.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax { Identifier.ValueText: var name } reference && name == keeper.Name
                    && !IsInKeeping(node, keeping) && (IsUsed(reference) || IsFoundAndUsed(reference)))
                    return true;
            }
        }

        return false;
    }

    // _loads.TryGetValue(key, out var task); … await task;
    private static bool IsFoundAndUsed(IdentifierNameSyntax map)
    {
        if (map.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var method, Parent: var parent }
            || !CollectionNames.Finds(method)
            || parent is not InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 } call)
            return false;
        var found = call.ArgumentList.Arguments[1].Expression switch
        {
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var declared } } => declared,
            IdentifierNameSyntax { Identifier.ValueText: var named } => named,
            _ => null,
        };
        if (found is null || call.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member) return false;
        foreach (var node in member.DescendantNodes())
        {
            if (node is IdentifierNameSyntax { Identifier.ValueText: var name } use && name == found
                && use.Parent is not ArgumentSyntax { RefOrOutKeyword.RawKind: not 0 } && IsUsed(use))
                return true;
        }

        return false;
    }

    private static bool IsUsed(IdentifierNameSyntax reference)
    {
        ExpressionSyntax whole = reference;
        while (whole.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax
            or ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax or ElementAccessExpressionSyntax)
            whole = (ExpressionSyntax)whole.Parent;
        var isTaken =
            whole.Parent is AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax
            or ArgumentSyntax or ConditionalExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression };
        return isTaken
            && !(reference.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Identifier.ValueText: var method }
            && CleanupNames.EndsLife(method));
    }

    // What has no time limit: a dictionary, a task, a lazy one. An entry of a memory cache expires.
    private static bool HoldsForEver(ISymbol keeper, GuardContext guard)
    {
        var type = keeper is IFieldSymbol variable ? variable.Type : (keeper as IPropertySymbol)?.Type;
        return guard.Awaitables.IsTask(type)
            || SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, guard.Types.LazyOfT)
            || SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, guard.Types.ConcurrentDictionary);
    }

    private static bool MayFail(IOperation keeping, GuardContext guard)
    {
        var starts = new List<IOperation>();
        foreach (var operation in keeping.Descendants())
        {
            switch (operation)
            {
                case ITryOperation:
                    return false;
                case IInvocationOperation call
                    when guard.Awaitables.IsAwaitable(call.Type) && !guard.Apis.Has(call.TargetMethod, ApiTraits.Completed)
                    && !OnlyCompletes(call.TargetMethod, guard):
                    starts.Add(call);
                    break;
                case IMethodReferenceOperation method
                    when guard.Awaitables.IsAwaitable(method.Method.ReturnType) && !OnlyCompletes(method.Method, guard):
                    return true;
            }
        }

        return starts.Count > 0 && !UnfailingWork.AreAll(starts, guard);
    }

    // static Task<Result> GetEmpty() => Task.FromResult(new Result());
    private static bool OnlyCompletes(IMethodSymbol method, GuardContext guard)
    {
        if (method.IsAsync || method.IsVirtual || method.IsAbstract) return false;
        var returns = false;
        foreach (var body in Bodies.Of(guard).OperationsOf(method.OriginalDefinition))
        {
            foreach (var operation in body.Descendants())
            {
                if (operation is not IReturnOperation { ReturnedValue: { } value }
                    || FlowGraphs.FunctionAround(operation) is IAnonymousFunctionOperation)
                    continue;
                value = Unwrapped.Conversions(value);
                returns = value is IInvocationOperation call ? guard.Apis.Has(call.TargetMethod, ApiTraits.Completed)
                    : value is IPropertyReferenceOperation property && guard.Apis.Has(property.Property, ApiTraits.Completed);
                if (!returns) return false;
            }
        }

        return returns;
    }

    // _loads.TryRemove(key, out _), _load = null, Use(_loads)
    private static bool IsTakenOut(ISymbol keeper, IOperation keeping)
    {
        foreach (var part in keeper.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == keeper.Name && !IsInKeeping(node, keeping)
                    && MayTakeOut((IdentifierNameSyntax)node))
                    return true;
            }
        }

        return false;
    }

    private static bool IsInKeeping(SyntaxNode node, IOperation keeping) =>
        node.SyntaxTree == keeping.Syntax.SyntaxTree && keeping.Syntax.Span.Contains(node.Span);

    private static bool MayTakeOut(IdentifierNameSyntax reference)
    {
        ExpressionSyntax whole = reference;
        while (whole.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } owner && owner.Name == whole)
            whole = owner;
        return whole.Parent switch
        {
            ArgumentSyntax => true,
            AssignmentExpressionSyntax assignment => assignment.Left != whole || assignment.IsKind(SyntaxKind.SimpleAssignmentExpression),
            ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax } => true,
            MemberAccessExpressionSyntax access =>
                access.Expression == whole
                && (CollectionNames.Changes(access.Name.Identifier.ValueText)
                || TaskMembers.Outcome.IsNamed(access.Name.Identifier.ValueText)),
            ConditionalAccessExpressionSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax => false,
            _ => false,
        };
    }
}

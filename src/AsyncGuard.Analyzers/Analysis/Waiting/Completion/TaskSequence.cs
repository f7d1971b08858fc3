using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting.Completion;

/// <summary>The collection that a sequence of tasks, or one task, is taken from.</summary>
internal static class TaskSequence
{
    private const int MaxFirst = 16;

    /// <summary>
    /// The collection whose elements the sequence consists of, followed by the members that lead to their tasks:
    /// <c>tasks.ToArray()</c>, <c>byName.Values</c>, <c>jobs.Select(job => job.Work)</c>. Null where the tasks are made on the way,
    /// and, of a whole sequence, where elements may be left out, as <c>Where</c> and <c>Take</c> do.
    /// </summary>
    public static AccessPath? SourceOf(IOperation value, bool whole, GuardContext guard)
    {
        value = Unwrapped.Awaited(value);
        switch (value)
        {
            case IParenthesizedOperation parenthesized:
                return SourceOf(parenthesized.Operand, whole, guard);

            // byName.Values
            case IPropertyReferenceOperation { Property.Name: var name, Instance: { } map }
                when CollectionNames.AreValues(name) && guard.Awaitables.HoldsAwaitables(map.Type):
                return SourceOf(map, whole, guard);

            // many[0], tasks[1..]
            case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }
                or IImplicitIndexerReferenceOperation:
                return whole || !guard.Awaitables.HoldsAwaitables(value.Type) ? null : OwnerOf(value, guard);

            case IInvocationOperation call:
                return SourceOfCall(call, whole, guard);

            default:
                return AccessPath.Of(value);
        }
    }

    /// <summary>
    /// What is to be known of a task that is read from a collection, or a sequence of such tasks: <c>tasks[^1]</c>, <c>tasks.First()</c>,
    /// <c>jobs[i].Work</c>, <c>tasks.Skip(1)</c>.
    /// </summary>
    public static CompletionFact? FactOf(IOperation value, GuardContext guard)
    {
        value = Unwrapped.Awaited(value);
        if (guard.Awaitables.HoldsAwaitables(value.Type))
            return SourceOf(value, whole: false, guard) is { } source ? new CompletionFact(source, ofElements: true) : null;
        return PathThroughElement(value, guard) is { } path ? new CompletionFact(path, ofElements: true) : null;
    }

    /// <summary>The list whose first elements the sequence consists of, and how many: <c>tasks.Take(2).ToArray()</c>.</summary>
    public static (AccessPath List, int Count)? FirstOf(IOperation value, GuardContext guard)
    {
        if (Unwrapped.Awaited(value) is not IInvocationOperation call || Unwrapped.Receiver(call) is not { } receiver
            || !IsLinq(call, guard))
            return null;
        if (SequenceMembers.ToList.Is(call.TargetMethod)) return FirstOf(receiver, guard);
        return SequenceMembers.Take.Is(call.TargetMethod) && AccessPath.Of(receiver) is { } list
            && call.Arguments[1].Value.ConstantValue is { HasValue: true, Value: int count } && count <= MaxFirst ? (list, count) : null;
    }

    /// <summary>What the path says of an element, said of the collection.</summary>
    public static AccessPath Under(AccessPath element, AccessPath collection, GuardContext guard) =>
        element.Under(collection, guard.Types.KeyValuePair);

    /// <summary>
    /// The member of its parameter that a lambda returns: <c>job => job.Work</c>; the parameter itself too. Read from the syntax: a control
    /// flow graph holds no bodies of lambdas.
    /// </summary>
    private static AccessPath? Projection(IOperation function) =>
        ParameterOf(function) is { } parameter && LambdaBody.Expression(function.Syntax) is { } body ? PathOf(body, parameter) : null;

    /// <summary>
    /// Whether the tasks of the query are those of its source, or complete as they are: not <c>Select(item => RunAsync())</c>.
    /// </summary>
    public static bool Keeps(IInvocationOperation query) =>
        !SequenceMembers.SelectAny.Is(query.TargetMethod) || Projection(query.Arguments[query.Arguments.Length - 1].Value) is not null;

    private static IParameterSymbol? ParameterOf(IOperation function) => Unwrapped.Delegate(function) switch
    {
        IAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } parameters } => parameters[0],
        IFlowAnonymousFunctionOperation { Symbol.Parameters: { Length: > 0 } parameters } => parameters[0],
        _ => null,
    };

    private static AccessPath? PathOf(ExpressionSyntax expression, IParameterSymbol parameter)
    {
        switch (expression)
        {
            case IdentifierNameSyntax name:
                return name.Identifier.ValueText == parameter.Name ? AccessPath.Of(parameter) : null;
            case PostfixUnaryExpressionSyntax { Operand: var operand, RawKind: (int)SyntaxKind.SuppressNullableWarningExpression }:
                return PathOf(operand, parameter);
            // async task => await task.ConfigureAwait(false), which ends as the task does
            case AwaitExpressionSyntax { Expression: var awaited }:
                return PathOf(awaited, parameter);
            case InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Expression: var task, Name.Identifier.ValueText: WellKnownMember.ConfigureAwait }
            }:
                return PathOf(task, parameter);
            case MemberAccessExpressionSyntax { Expression: var owner, Name: IdentifierNameSyntax member }:
                return PathOf(owner, parameter) is { Type: { } type } path && MemberOf(type, member.Identifier.ValueText) is { } symbol
                    ? path.Append(symbol) : null;
            default:
                return null;
        }
    }

    private static ISymbol? MemberOf(ITypeSymbol type, string name)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IFieldSymbol or IPropertySymbol) return member;
            }
        }

        return null;
    }

    // tasks[0], tasks[0].Work
    private static AccessPath? PathThroughElement(IOperation value, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);
        if (OwnerOf(value, guard) is { } owner) return owner;
        return value switch
        {
            IFieldReferenceOperation { Instance: { } element } field => PathThroughElement(element, guard)?.Append(field.Field),
            IPropertyReferenceOperation { Arguments.IsEmpty: true, Instance: { } element } property =>
                PathThroughElement(element, guard)?.Append(property.Property, guard.Types.KeyValuePair),
            _ => null,
        };
    }

    // tasks[i], tasks[^1], tasks.First(), queue.Dequeue(), byName.GetValueOrDefault(name)
    private static AccessPath? OwnerOf(IOperation element, GuardContext guard) => element switch
    {
        IArrayElementReferenceOperation { ArrayReference: var array } => SourceOf(array, whole: false, guard),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection } => SourceOf(collection, whole: false, guard),
        IImplicitIndexerReferenceOperation { Instance: var collection } => SourceOf(collection, whole: false, guard),
        IInvocationOperation call when Unwrapped.Receiver(call) is { } collection
            && (IsLinq(call, guard) || guard.Awaitables.HoldsAwaitables(collection.Type)) && !guard.Awaitables.HoldsAwaitables(call.Type) =>
            SourceOf(collection, whole: false, guard),
        _ => null,
    };

    private static AccessPath? SourceOfCall(IInvocationOperation call, bool whole, GuardContext guard)
    {
        if (Unwrapped.Receiver(call) is not { } receiver) return null;
        if (!IsLinq(call, guard))
        {
            // tasks.ToArray(), tasks.ToImmutableArray(), tasks.AsReadOnly()
            if (!guard.Awaitables.HoldsAwaitables(call.Type) || !guard.Awaitables.HoldsAwaitables(receiver.Type)) return null;
            return whole && call.Arguments.Length > (call.Instance is null ? 1 : 0) ? null : SourceOf(receiver, whole, guard);
        }

        if (SequenceMembers.SelectAny.Is(call.TargetMethod))
            return Projection(call.Arguments[1].Value) is { } member && SourceOf(receiver, whole, guard) is { } items
                ? Under(member, items, guard) : null;

        // tasks.Where(t => !t.IsCompleted): the others are complete
        return whole && SequenceMembers.Part.Is(call.TargetMethod)
            && !(SequenceMembers.Where.Is(call.TargetMethod) && LeavesOutCompleteOnly(call.Arguments[1].Value, guard))
            ? null : SourceOf(receiver, whole, guard);
    }

    private static bool LeavesOutCompleteOnly(IOperation filter, GuardContext guard) =>
        ParameterOf(filter) is { } parameter
        && LambdaBody.Expression(filter.Syntax) is PrefixUnaryExpressionSyntax { Operand: MemberAccessExpressionSyntax asked } not
        && not.IsKind(SyntaxKind.LogicalNotExpression) && asked.Expression is IdentifierNameSyntax { Identifier.ValueText: var name }
        && name == parameter.Name && MemberOf(parameter.Type, asked.Name.Identifier.ValueText) is IPropertySymbol property
        && guard.Apis.Has(property, ApiTraits.ProvesComplete);

    private static bool IsLinq(IInvocationOperation call, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.Enumerable);
}

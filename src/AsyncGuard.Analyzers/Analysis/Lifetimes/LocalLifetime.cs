using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>Whether an object that is created in a body can outlive it.</summary>
internal static class LocalLifetime
{
    /// <summary>Whether the new object is used in place or kept in a local that is never returned, stored, captured or handed on.</summary>
    public static bool EndsWithTheCall(IOperation creation)
    {
        creation = Awaited(creation);
        var value = Unwrapped.ConversionsAround(creation);
        switch (value.Parent)
        {
            // using (new HttpClient())
            case IUsingOperation:
                return true;

            // var client = new HttpClient(); using var client = …
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return StaysLocal(local, creation);

            // client = new HttpClient();
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } }:
                return StaysLocal(assigned, creation);

            // var (client, limit) = (new HttpClient(), 3); var pair = (new HttpClient(), 3);
            case ITupleOperation tuple:
                return PartFor(tuple, value) is { } part ? StaysLocal(part, creation) : StaysInTuple(tuple, value);

            default:
                return IsReceiver(value);
        }
    }

    private static ILocalSymbol? PartFor(ITupleOperation values, IOperation value)
    {
        var whole = Unwrapped.ConversionsAround(values);
        if (whole.Parent is not IDeconstructionAssignmentOperation { Target: var target } assignment
            || !ReferenceEquals(assignment.Value, whole))
            return null;
        if (target is IDeclarationExpressionOperation { Expression: var declared }) target = declared;
        if (target is not ITupleOperation targets || targets.Elements.Length != values.Elements.Length) return null;
        var part = targets.Elements[values.Elements.IndexOf(value)];
        if (part is IDeclarationExpressionOperation { Expression: var single }) part = single;
        return (part as ILocalReferenceOperation)?.Local;
    }

    // var pair = (Client: new HttpClient(), 3); await pair.Client.GetAsync(…);
    private static bool StaysInTuple(ITupleOperation tuple, IOperation value)
    {
        if (tuple.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }) return false;
        var item = "Item" + (tuple.Elements.IndexOf(value) + 1);
        var function = FlowGraphs.FunctionAround(tuple);
        var isUsed = false;
        foreach (var operation in FlowGraphs.RootOf(tuple).Descendants())
        {
            if (operation is not ILocalReferenceOperation reference || !SymbolEqualityComparer.Default.Equals(reference.Local, local))
                continue;
            if (reference.Parent is not IFieldReferenceOperation { Field: var field } read
                || !ReferenceEquals(FlowGraphs.FunctionAround(reference), function))
                return false;
            if ((field.CorrespondingTupleField?.Name ?? field.Name) != item) continue;
            if (!(IsReceiver(read) || read.Parent is IUsingOperation) || IsInLongLoop(reference, value)) return false;
            isUsed = true;
        }

        return isUsed;
    }

    // await ConnectionMultiplexer.ConnectAsync("server").ConfigureAwait(false)
    private static IOperation Awaited(IOperation creation) => Unwrapped.AwaitAround(creation) ?? creation;

    private static bool StaysLocal(ILocalSymbol local, IOperation creation)
    {
        var root = FlowGraphs.RootOf(creation);
        var function = FlowGraphs.FunctionAround(creation);
        var isDeclaredHere = false;
        if (!SymbolEqualityComparer.Default.Equals(local.Type, creation.Type)) return false;
        foreach (var operation in root.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    isDeclaredHere = ReferenceEquals(FlowGraphs.FunctionAround(declarator), function);
                    if (declarator.Initializer is { Value: var initial } && !IsNullOrNew(initial)
                        && !ReferenceEquals(Unwrapped.Conversions(initial), creation))
                        return false;
                    break;

                case ILocalReferenceOperation { IsDeclaration: true } declared
                    when SymbolEqualityComparer.Default.Equals(declared.Local, local):
                    isDeclaredHere = ReferenceEquals(FlowGraphs.FunctionAround(declared), function);
                    break;

                case ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, local):
                    if (IsPartOfTarget(reference)) break;
                    if (!IsUsedInPlace(reference) || !ReferenceEquals(FlowGraphs.FunctionAround(reference), function)) return false;
                    if (DecidesOn(creation, reference) || IsInLongLoop(reference, creation)) return false;
                    break;
            }
        }

        return isDeclaredHere;
    }

    // (client, limit) = (new HttpClient(), 3)
    private static bool IsPartOfTarget(ILocalReferenceOperation reference) =>
        reference.Parent is ITupleOperation { Parent: IDeconstructionAssignmentOperation assignment } targets
        && ReferenceEquals(assignment.Target, targets)
        && Unwrapped.Conversions(assignment.Value) is ITupleOperation values && values.Elements.Length == targets.Elements.Length
        && IsNullOrNew(values.Elements[targets.Elements.IndexOf(reference)]);

    // client = new …, client?.Dispose(), client == null, client is null
    private static bool IsUsedInPlace(ILocalReferenceOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference) && IsNullOrNew(assignment.Value),
        IConditionalAccessOperation or IUsingOperation or IBinaryOperation or IIsPatternOperation
            or IConversionOperation { Parent: IBinaryOperation } => true,
        _ => IsReceiver(reference),
    };

    // client.GetAsync(…), client.Timeout = …, client.GetFromJsonAsync(…)
    private static bool IsReceiver(IOperation value) => value.Parent switch
    {
        IInvocationOperation call => ReferenceEquals(call.Instance, value),
        IMethodReferenceOperation => false,
        IMemberReferenceOperation member => ReferenceEquals(member.Instance, value),
        IArgumentOperation
        {
            Parameter.Ordinal: 0,
            Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } extension }
        } =>
                value.Type is { } type && BelongsTo(extension.ContainingType.ContainingNamespace, type.ContainingNamespace),
        _ => false,
    };

    // An extension method that comes with the type works on the object and lets go of it.
    private static bool BelongsTo(INamespaceSymbol? inner, INamespaceSymbol outer)
    {
        for (; inner is { IsGlobalNamespace: false }; inner = inner.ContainingNamespace)
        {
            if (inner.ToDisplayString() == outer.ToDisplayString()) return true;
        }

        return false;
    }

    // if (client == null) client = new HttpClient();
    private static bool DecidesOn(IOperation creation, IOperation reference)
    {
        for (var parent = creation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IConditionalOperation choice && choice.Condition.Syntax.Span.Contains(reference.Syntax.Span)) return true;
        }

        return false;
    }

    // var client = new HttpClient(); while (!stoppingToken.IsCancellationRequested) … client.GetAsync(…): as long as the worker lives
    private static bool IsInLongLoop(IOperation reference, IOperation creation)
    {
        for (var parent = reference.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IWhileLoopOperation or IForLoopOperation { Condition: null } or IForEachLoopOperation { IsAsynchronous: true }
                && !parent.Syntax.Span.Contains(creation.Syntax.Span))
                return true;
        }

        return false;
    }

    private static bool IsNullOrNew(IOperation value)
    {
        value = Unwrapped.Conversions(value);
        return value is IObjectCreationOperation || value.ConstantValue is { HasValue: true, Value: null };
    }
}

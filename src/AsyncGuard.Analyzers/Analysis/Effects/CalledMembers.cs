using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>
/// The members whose bodies run where an operation stands, as far as the question asks for them: what it names, and what the language calls
/// without naming it.
/// </summary>
internal sealed class CalledMembers(GuardContext guard, CalleeQuestion question)
{
    private static readonly Engine<CalledMembers> Engine = new(static guard => new CalledMembers(guard, new BlockingQuestion(guard)));

    private readonly ConcurrentDictionary<VirtualCall, ImmutableArray<ISymbol>> _answers = new();
    private Func<IMethodSymbol, bool>? _mayLead;

    private CallIndex Index => question.Index;

    /// <summary>Those that may block.</summary>
    public static CalledMembers OfBlocking(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether the operation is worth following: the test by name, which allocates nothing.</summary>
    public bool IsWorthFollowing(IOperation operation, ISymbol? member) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } call =>
            method.MethodKind == MethodKind.DelegateInvoke
            // [Conditional("DEBUG")]: not in what is shipped
            || (IsWorthFollowing(method, member) && !method.IsConditional) || Enumeration.IsEager(call, guard),
        IPropertyReferenceOperation property => IsWorthFollowing(property.Property, member) || IsLazyValue(property),
        IObjectCreationOperation { Constructor: { } constructor } => IsWorthFollowing(constructor, member),
        IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field } => MayStart(field.ContainingType, member),
        IBinaryOperation { OperatorMethod: { } method } => IsWorthFollowing(method, member),
        IUnaryOperation { OperatorMethod: { } method } => IsWorthFollowing(method, member),
        IIncrementOrDecrementOperation { OperatorMethod: { } method } => IsWorthFollowing(method, member),
        ICompoundAssignmentOperation { OperatorMethod: { } method } => IsWorthFollowing(method, member),
        IConversionOperation { OperatorMethod: { } method } => IsWorthFollowing(method, member),
        IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var target } } => IsWorthFollowing(target, member),
        IMethodReferenceOperation { Parent: IDelegateCreationOperation, Method: var method } => IsWorthFollowing(method, member),
        IForEachLoopOperation { IsAsynchronous: false } or IUsingOperation { IsAsynchronous: false }
            or IUsingDeclarationOperation { IsAsynchronous: false } => true,
        IDeconstructionAssignmentOperation or IRecursivePatternOperation { DeconstructSymbol: not null } =>
            Index.Contains(WellKnownMemberNames.DeconstructMethodName),
        _ => false,
    };

    /// <summary>
    /// Adds every call that the operation makes into code that can be seen or is marked; with the graph of the member around it, only those
    /// that do not receive something that is complete.
    /// </summary>
    public void Collect(IOperation operation, ISymbol? member, Func<ControlFlowGraph>? graphOfMember, List<BodyCall> calls)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } invoke:
                AddDelegate(InitialValue.Of(invoke.Instance, guard), MemberNames.OfValue(invoke.Instance), operation, calls);
                break;
            case IInvocationOperation call when Enumeration.IsEager(call, guard):
                AddEnumerated(call.Arguments[0].Value, operation, calls);
                break;
            case IInvocationOperation call:
                if (question.Skips(call)) break;
                var before = calls.Count;
                Add(call.TargetMethod, call.Instance, call.IsVirtual, operation, calls);
                AddStatics(call.TargetMethod, operation, member, calls);
                DropSettled(call.TargetMethod, call.Instance, call.Arguments, graphOfMember, calls, before);
                break;
            case IPropertyReferenceOperation property when IsLazyValue(property):
                AddLazy(property, calls);
                break;
            case IPropertyReferenceOperation property:
                var isVirtual = property.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax };
                if (IsRead(property) && Accessor(property.Property, getter: true) is { } getter)
                    Add(getter, property.Instance, isVirtual, operation, calls);
                if (IsWritten(property) && Accessor(property.Property, getter: false) is { } setter)
                    Add(setter, property.Instance, isVirtual, operation, calls);
                AddStatics(property.Property, operation, member, calls);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                var made = calls.Count;
                Add(constructor, null, isVirtual: false, operation, calls);
                AddStatics(constructor, operation, member, calls);
                DropSettled(constructor, null, creation.Arguments, graphOfMember, calls, made);
                break;
            case IFieldReferenceOperation field:
                AddStatics(field.Field, operation, member, calls);
                break;
            case IEventAssignmentOperation
            {
                EventReference: IEventReferenceOperation
                {
                    Event: var target,
                    Instance: var instance
                }
            } assignment:
                if ((assignment.Adds ? target.AddMethod : target.RemoveMethod) is { } accessor)
                    Add(accessor, instance, isVirtual: true, operation, calls);
                break;
            case IMethodReferenceOperation reference when DelegateUse.Of(reference, guard).Kind == DelegateUseKind.InPlace:
                Add(reference.Method, reference.Instance, reference.IsVirtual, operation, calls);
                break;
            case IForEachLoopOperation loop:
                AddLoop(loop, calls);
                break;
            case IUsingOperation use:
                AddDisposal(use.Resources, use, calls);
                break;
            case IUsingDeclarationOperation use:
                AddDisposal(use.DeclarationGroup, use, calls);
                break;
            case IDeconstructionAssignmentOperation { Syntax: AssignmentExpressionSyntax syntax } taken:
                if (taken.SemanticModel is { } model) AddDeconstruction(model.GetDeconstructionInfo(syntax), taken, calls);
                break;
            case IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol parts } when IsKnown(parts):
                Add(parts, null, isVirtual: !parts.IsStatic, operation, calls);
                break;
            default:
                if (OperatorOf(operation) is { } method) Add(method, null, isVirtual: false, operation, calls);
                break;
        }
    }

    // What is passed to the call may be complete, or in memory; looked at last, as it takes the longest.
    private void DropSettled(IMethodSymbol called, IOperation? instance, ImmutableArray<IArgumentOperation> arguments,
        Func<ControlFlowGraph>? graphOfMember, List<BodyCall> calls, int from)
    {
        if (calls.Count > from && graphOfMember is not null && IsKnown(called)
            && CompleteArguments.Any(instance, arguments, graphOfMember, guard))
            calls.RemoveRange(from, calls.Count - from);
    }

    private bool IsKnown(ISymbol member) => question.IsKnown(member);

    private bool IsWorthFollowing(ISymbol target, ISymbol? member)
    {
        if (!IsKnown(target) && !question.MayBeMarked(target)) return false;
        return Index.Contains(target) || (target.IsStatic && MayStart(target.ContainingType, member));
    }

    // From inside, the type has been touched already.
    private bool MayStart(INamedTypeSymbol? type, ISymbol? member)
    {
        if (type is null || !IsKnown(type) || !Index.Contains(type.Name)) return false;
        for (var around = member as INamedTypeSymbol ?? member?.ContainingType; around is not null; around = around.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(around.OriginalDefinition, type.OriginalDefinition)) return false;
        }

        return true;
    }

    private void Add(IMethodSymbol method, IOperation? instance, bool isVirtual, IOperation operation, List<BodyCall> calls)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!Index.Contains(method) || BlockingMarks.Of(guard).IsNonBlocking(method) || HandedSequences.Of(guard).IsIterator(method))
            return;
        if (question.IsMarked(method)) calls.Add(new BodyCall(MemberNames.Short(method), operation.Syntax, ImmutableArray<ISymbol>.Empty));
        else AddTargets(method, instance, isVirtual, operation, calls);
    }

    private void AddTargets(IMethodSymbol method, IOperation? instance, bool isVirtual, IOperation operation, List<BodyCall> calls)
    {
        var targets = isVirtual ? AnswersOf(method, ReceiverType(instance))
            : MayLead(method) ? ImmutableArray.Create<ISymbol>(method)
            : ImmutableArray<ISymbol>.Empty;
        if (targets.IsEmpty) return;
        var isIterator = HandedSequences.Of(guard).IsIterator(method);
        foreach (var target in targets)
        {
            // IEnumerable<Row> Rows() of an interface, answered by an iterator
            if (!IsKnown(target) || HandedSequences.Of(guard).IsIterator((IMethodSymbol)target) != isIterator) return;
        }

        calls.Add(new BodyCall(MemberNames.Short(method), operation.Syntax, targets));
    }

    private ImmutableArray<ISymbol> AnswersOf(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (!question.IsIndexComplete) return Implementations.Of(guard).Answering(method, receiver, _mayLead ??= MayLead);
        var call = new VirtualCall(method, receiver?.OriginalDefinition);
        return _answers.TryGetValue(call, out var known) ? known
            : _answers.GetOrAdd(call, Implementations.Of(guard).Answering(method, receiver, _mayLead ??= MayLead));
    }

    // One answer that does not is enough for the call.
    private bool MayLead(IMethodSymbol answer) => !guard.IsOurs(answer) || (Index.Contains(answer) && Index.Leads(answer));

    private void AddStatics(ISymbol touched, IOperation operation, ISymbol? member, List<BodyCall> calls)
    {
        if (MayStart(touched.ContainingType, member) && TypeInitializers.Of(guard).IsTouch(touched))
            calls.Add(new BodyCall(MemberNames.Short(touched.ContainingType), operation.Syntax,
                ImmutableArray.Create<ISymbol>(touched.ContainingType.OriginalDefinition)));
    }

    /// <summary>Adds what runs when the sequence is enumerated.</summary>
    public void CollectEnumerated(IOperation sequence, List<BodyCall> calls) => AddEnumerated(sequence, sequence, calls);

    private void AddEnumerated(IOperation sequence, IOperation operation, List<BodyCall> calls)
    {
        switch (Enumeration.SourceOf(sequence, guard))
        {
            case IInvocationOperation call when IsKnownIterator(call.TargetMethod.ReducedFrom ?? call.TargetMethod):
                if (question.SkipsSequence(call)) break;
                AddTargets((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition, call.Instance, call.IsVirtual,
                    operation, calls);
                break;
            case IPropertyReferenceOperation { Property.GetMethod: { } getter } property when IsKnownIterator(getter):
                AddTargets(getter.OriginalDefinition, property.Instance, isVirtual: true, operation, calls);
                break;
        }
    }

    private bool IsKnownIterator(IMethodSymbol method) =>
        IsKnown(method) && Index.Contains(method) && !BlockingMarks.Of(guard).IsNonBlocking(method)
        && HandedSequences.Of(guard).IsIterator(method.OriginalDefinition);

    private void AddLoop(IForEachLoopOperation loop, List<BodyCall> calls)
    {
        AddEnumerated(loop.Collection, loop.Collection, calls);
        if (loop.Syntax is not CommonForEachStatementSyntax syntax
            || loop.SemanticModel?.GetForEachStatementInfo(syntax) is not { GetEnumeratorMethod: { } getEnumerator } info)
            return;
        if (IsKnown(getEnumerator))
        {
            if (IsKnownIterator(getEnumerator))
                AddTargets(getEnumerator.OriginalDefinition, loop.Collection, isVirtual: true, loop.Collection, calls);
            else Add(getEnumerator, loop.Collection, isVirtual: true, loop.Collection, calls);
        }

        if (info.MoveNextMethod is { } next && IsKnown(next)) Add(next, null, isVirtual: true, loop.Collection, calls);
        if (info.CurrentProperty?.GetMethod is { } current && IsKnown(current)) Add(current, null, isVirtual: true, loop.Collection, calls);
        if (syntax is ForEachVariableStatementSyntax parts && Index.Contains(WellKnownMemberNames.DeconstructMethodName))
            AddDeconstruction(loop.SemanticModel.GetDeconstructionInfo(parts), loop.Collection, calls);
    }

    // var (order, (customer, _)) = page;
    private void AddDeconstruction(DeconstructionInfo info, IOperation operation, List<BodyCall> calls)
    {
        if (info.Method is { } method && IsKnown(method)) Add(method, null, isVirtual: !method.IsStatic, operation, calls);
        foreach (var nested in info.Nested) AddDeconstruction(nested, operation, calls);
    }

    private void AddDisposal(IOperation resources, IOperation operation, List<BodyCall> calls)
    {
        if (resources is not IVariableDeclarationGroupOperation group)
        {
            if (DisposeOf(resources.Type) is { } method) Add(method, resources, isVirtual: true, operation, calls);
            return;
        }

        foreach (var declaration in group.Declarations)
        {
            foreach (var variable in declaration.Declarators)
            {
                if (DisposeOf(variable.Symbol.Type) is { } method)
                    Add(method, variable.Initializer?.Value, isVirtual: true, operation, calls);
            }
        }
    }

    private IMethodSymbol? DisposeOf(ITypeSymbol? type)
    {
        if (type is null || !Index.Contains(WellKnownMember.Dispose) || !IsKnown(type)) return null;
        foreach (var declared in guard.Compilation.GetSpecialType(SpecialType.System_IDisposable).GetMembers(WellKnownMember.Dispose))
        {
            if (type.FindImplementationForInterfaceMember(declared) is IMethodSymbol implementation) return implementation;
        }

        foreach (var member in type.GetMembers(WellKnownMember.Dispose))
        {
            if (type.IsRefLikeType && member is IMethodSymbol { Parameters.IsEmpty: true } pattern) return pattern;
        }

        return null;
    }

    // new Lazy<T>(() => …), new Lazy<T>(Load)
    private void AddLazy(IPropertyReferenceOperation property, List<BodyCall> calls)
    {
        if (InitialValue.Of(property.Instance, guard) is not IObjectCreationOperation { Arguments: { Length: > 0 } arguments }) return;
        var factory = Unwrapped.Delegate(arguments[0].Value);
        var before = calls.Count;
        AddDelegate(factory, MemberNames.Short(property.Property), property, calls);
        for (var i = before; i < calls.Count; i++) calls[i] = calls[i].AsOnce();
    }

    private void AddDelegate(IOperation? function, string name, IOperation operation, List<BodyCall> calls)
    {
        switch (function)
        {
            case IAnonymousFunctionOperation lambda:
                calls.Add(new BodyCall(name, operation.Syntax, ImmutableArray.Create<ISymbol>(lambda.Symbol)));
                break;
            case IMethodReferenceOperation reference when IsKnown(reference.Method):
                Add(reference.Method, reference.Instance, reference.IsVirtual, operation, calls);
                break;
        }
    }

    private bool IsLazyValue(IPropertyReferenceOperation property) =>
        ThreadingMembers.LazyValue.Is(property.Property);

    private static IMethodSymbol? OperatorOf(IOperation operation) => operation switch
    {
        IBinaryOperation binary => binary.OperatorMethod,
        IUnaryOperation unary => unary.OperatorMethod,
        IIncrementOrDecrementOperation step => step.OperatorMethod,
        ICompoundAssignmentOperation assignment => assignment.OperatorMethod,
        IConversionOperation conversion => conversion.OperatorMethod,
        _ => null,
    };

    private static IMethodSymbol? Accessor(IPropertySymbol property, bool getter)
    {
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            if ((getter ? current.GetMethod : current.SetMethod) is { } accessor) return accessor;
        }

        return null;
    }

    private static bool IsRead(IPropertyReferenceOperation property) =>
        property.Parent is not ISimpleAssignmentOperation assignment || !ReferenceEquals(assignment.Target, property);

    private static bool IsWritten(IPropertyReferenceOperation property) => property.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, property),
        IIncrementOrDecrementOperation => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple =>
            ReferenceEquals(deconstruction.Target, tuple),
        _ => false,
    };

    private static ITypeSymbol? ReceiverType(IOperation? instance) =>
        instance is null ? null : Unwrapped.ImplicitConversions(instance).Type;
}

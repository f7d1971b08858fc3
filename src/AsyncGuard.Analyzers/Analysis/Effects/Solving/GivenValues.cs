using System.Collections.Concurrent;
using System.Collections.Immutable;
using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>
/// What values are known to be, by the constants that a call gives, and by what constructors leave in fields and properties.
/// <code>Client(Stream stream) : this(stream, owns: false) { }      Client(Stream stream, bool owns) => _owns = owns;</code>
/// </summary>
internal sealed class GivenValues(GuardContext guard)
{
    private static readonly Engine<GivenValues> Engine = new(static guard => new GivenValues(guard));

    // this(…) and base(…), one after the other
    private const int MaxConstructors = 5;

    private readonly ConcurrentDictionary<ISymbol, bool> _settled = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, (bool IsKnown, object? Value)> _common = new(SymbolEqualityComparer.Default);

    public static GivenValues Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>
    /// What the call gives to the member that answers it; null where nothing is constant. Constants of the body around it are handed on.
    /// </summary>
    public GivenConstants? Of(IOperation? call, ISymbol target, GivenConstants? around)
    {
        var given = ObjectOf(call, target, around);
        var arguments = call switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.None, IsParams: false } parameter
                && TryValue(argument.Value, around, out var value))
                (given ??= new GivenConstants(target)).Give(parameter, value);
        }

        return given;
    }

    // The object that the call is made on, where its making can be seen: one of its own, or the one that the code around it belongs to
    private GivenConstants? ObjectOf(IOperation? call, ISymbol target, GivenConstants? around)
    {
        if (call is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction }
            || ReceiverOf(call) is IInstanceReferenceOperation)
            return around?.Made is { } same ? new GivenConstants(target).OnObject(same, around.MadeWith) : null;
        var receiver = ReceiverOf(call);
        var value = receiver is null or IObjectCreationOperation
            ? receiver : Unwrapped.ConversionsOrNull(InitialValue.Of(receiver, guard));
        return value is IObjectCreationOperation { Constructor: { } constructor } made && guard.IsOurs(constructor)
            ? new GivenConstants(target).OnObject(made, Of(made, constructor, around)) : null;
    }

    private static IOperation? ReceiverOf(IOperation? call) => Unwrapped.ConversionsOrNull(call switch
    {
        IInvocationOperation { Instance: { } instance } => Unwrapped.Conditional(instance),
        IPropertyReferenceOperation { Instance: { } instance } => Unwrapped.Conditional(instance),
        IUsingDeclarationOperation { DeclarationGroup: var group } => OnlyOf(group),
        IUsingOperation { Resources: IVariableDeclarationGroupOperation group } => OnlyOf(group),
        IUsingOperation existing => existing.Resources,
        _ => null,
    });

    private static IOperation? OnlyOf(IVariableDeclarationGroupOperation group) =>
        group.Declarations.Length == 1 && group.Declarations[0].Declarators.Length == 1
            ? group.Declarations[0].Declarators[0].Initializer?.Value : null;

    /// <summary>What the value is, by the constants around it.</summary>
    public bool TryValue(IOperation value, GivenConstants? around, out object? constant)
    {
        while (value is IConversionOperation { ConstantValue.HasValue: false, OperatorMethod: null, IsTryCast: false } conversion
            && !(conversion.Operand.ConstantValue is { HasValue: true, Value: not null } && conversion.Type?.IsReferenceType == true))
            value = conversion.Operand;
        constant = value.ConstantValue is { HasValue: true, Value: var known } ? known : null;
        if (value.ConstantValue.HasValue || value is IDefaultValueOperation { Type.IsReferenceType: true }) return true;
        switch (value)
        {
            case IParameterReferenceOperation { Parameter: var parameter }:
                return around is not null && TryParameter(parameter, value, around, out constant);
            case IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: IFieldSymbol or IPropertySymbol } own:
                return around is not null && TryMember(own.Member, around, out constant);

            // stream ?? throw …, and cache ?? new Cache()
            case ICoalesceOperation choice:
                if (TryValue(choice.Value, around, out constant) && constant is not null) return true;
                constant = null;
                return IsThrown(choice.WhenNull) ? IsSomething(out constant) : TryValue(choice.WhenNull, around, out constant)
                    && constant is not null && IsSomething(out constant);
            case IObjectCreationOperation { Type.IsReferenceType: true } or IArrayCreationOperation or IDelegateCreationOperation
                or IInstanceReferenceOperation or IInterpolatedStringOperation or ITypeOfOperation:
                return IsSomething(out constant);
            default:
                return false;
        }
    }

    private static bool IsSomething(out object? value)
    {
        value = KnownValue.Something;
        return true;
    }

    private static bool IsThrown(IOperation value) => Unwrapped.Conversions(value) is IThrowOperation;

    // Not while the object is made: its fields are not assigned yet.
    private bool TryMember(ISymbol member, GivenConstants around, out object? constant)
    {
        constant = null;
        if (around.Target is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor }) return false;
        return (around.Made is { } made && TryOfObject(member, made, around.MadeWith, out constant)) || TryCommon(member, out constant);
    }

    private bool TryOfObject(ISymbol member, IObjectCreationOperation made, GivenConstants? with, out object? value)
    {
        value = null;
        if (!IsSettled(member)) return false;
        if (made.Initializer is { } initializer)
        {
            foreach (var operation in initializer.Initializers)
            {
                if (operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var assigned } } assignment
                    && SymbolEqualityComparer.Default.Equals(assigned.OriginalDefinition, member.OriginalDefinition))
                    return TryValue(assignment.Value, null, out value);
            }
        }

        return TryAfter(made.Constructor!.OriginalDefinition, with, member, MaxConstructors, out value);
    }

    // The parameter of a method is assigned in its body, that of a type by any of its members: class Client(bool owns)
    private static bool TryParameter(IParameterSymbol parameter, IOperation reference, GivenConstants around, out object? constant) =>
        around.TryGet(parameter, out constant)
            ? !IsAssigned(parameter, reference)
            : around.MadeWith?.TryGet(parameter, out constant) == true && !LaterWrites.Any(parameter);

    private static bool IsAssigned(IParameterSymbol parameter, IOperation reference)
    {
        foreach (var operation in FlowGraphs.RootOf(reference).Descendants())
        {
            if (operation is IAssignmentOperation { Target: IParameterReferenceOperation { Parameter: var assigned } }
                && SymbolEqualityComparer.Default.Equals(assigned, parameter))
                return true;
        }

        return false;
    }

    // The value that the member has in every object of the type, or in the type
    private bool TryCommon(ISymbol member, out object? value)
    {
        member = member.OriginalDefinition;
        var known = _common.TryGetValue(member, out var found) ? found : _common.GetOrAdd(member, FindCommon(member));
        value = known.Value;
        return known.IsKnown;
    }

    private (bool IsKnown, object? Value) FindCommon(ISymbol member)
    {
        if (member is IPropertySymbol { SetMethod: not null } || !IsSettled(member)) return (false, null);
        (bool IsKnown, object? Value) common = (false, null);
        var constructors = member.IsStatic ? member.ContainingType.StaticConstructors : member.ContainingType.InstanceConstructors;
        if (constructors.IsEmpty) return TryInitial(member, null, out var initial) ? (true, initial) : (false, null);
        foreach (var constructor in constructors)
        {
            if (ConstructorWrites.IsOnlyChained(constructor)) continue;
            if (!TryAfter(constructor, null, member, MaxConstructors, out var value)
                || (common.IsKnown && KnownValue.AreEqual(common.Value, value) != true
                    && !(common.Value == KnownValue.Something && value is not null)))
                return (false, null);
            common = (true, value);
        }

        return common;
    }

    private bool TryAfter(IMethodSymbol constructor, GivenConstants? arguments, ISymbol member, int depth, out object? value)
    {
        value = null;
        if (depth == 0 || !guard.IsOurs(constructor)) return false;
        var writes = ConstructorWrites.Of(constructor, member, guard);
        if (writes.IsUnclear) return false;
        if (writes.Value is { } assigned) return TryValue(assigned, arguments, out value);
        if (writes.Chained is { TargetMethod: var next } chained && IsOf(next, member, constructor))
            return TryAfter(next.OriginalDefinition, Of(chained, next, arguments), member, depth - 1, out value);
        if (IsOwn(member, constructor)) return TryInitial(member, arguments, out value);
        return writes.Chained is null && Bodies.ImplicitBase(constructor) is { } @base
            && TryAfter(@base, null, member, depth - 1, out value);
    }

    // this(…) always, base(…) where the member is inherited
    private static bool IsOf(IMethodSymbol chained, ISymbol member, IMethodSymbol constructor) =>
        SymbolEqualityComparer.Default.Equals(chained.ContainingType.OriginalDefinition, constructor.ContainingType.OriginalDefinition)
        || !IsOwn(member, constructor);

    private static bool IsOwn(ISymbol member, IMethodSymbol constructor) => SymbolEqualityComparer.Default.Equals(
        member.ContainingType.OriginalDefinition, constructor.ContainingType.OriginalDefinition);

    private bool TryInitial(ISymbol member, GivenConstants? arguments, out object? value)
    {
        value = null;
        if (member.DeclaringSyntaxReferences.Length != 1) return false;
        var initializer = member.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        if (initializer is not null)
            return Bodies.Of(guard).OperationOf(initializer.Value) is { } given && TryValue(given, arguments, out value);

        var type = (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;
        value = type?.SpecialType switch
        {
            SpecialType.System_Boolean => false,
            SpecialType.System_Int32 => 0,
            _ => null,
        };
        return value is not null || type?.IsReferenceType == true;
    }

    // Assigned by constructors and initializers alone
    private bool IsSettled(ISymbol member) => member switch
    {
        { ContainingType.TypeKind: not TypeKind.Class } => false,
        IFieldSymbol { IsReadOnly: true } => true,
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private, RefKind: RefKind.None } field when field.GetAttributes().IsEmpty =>
            _settled.TryGetValue(member, out var known) ? known : _settled.GetOrAdd(member, !LaterWrites.Any(member)),
        IPropertySymbol { IsIndexer: false, IsVirtual: false, IsOverride: false, IsAbstract: false } property =>
            property.SetMethod is null or { IsInitOnly: true } && IsAutomatic(property),
        _ => false,
    };

    private static bool IsAutomatic(IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } owner } && SymbolEqualityComparer.Default.Equals(owner, property))
                return true;
        }

        return false;
    }
}

using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// Whether a method that binds in the place of a synchronous call does the same: takes what it took, and gives what it gave.
/// </summary>
internal static class CounterpartFit
{
    /// <summary>
    /// Whether each argument means the same to both methods: <c>Update(null)</c> of a model is not <c>UpdateAsync(null)</c> of options.
    /// </summary>
    public static bool Takes(IMethodSymbol method, InvocationExpressionSyntax candidate, IInvocationOperation call, GuardContext guard)
    {
        var counterpart = method.ReducedFrom ?? method;
        if (HidesThatOf(counterpart, call.TargetMethod)) return false;
        foreach (var argument in call.Arguments)
        {
            if (argument is not { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter }
                || WrittenAs(argument, call) is not { } written)
                continue;
            if (ParameterFor(written, candidate, method, counterpart) is not { } other) continue;
            if (other.RefKind != parameter.RefKind
                && !(other.RefKind is RefKind.None or RefKind.In && parameter.RefKind is RefKind.None or RefKind.In))
                return false;
            if (IsSwapped(parameter, other, method)) return false;
            if (!SameMeaning(parameter.Type, other.Type, guard) || LosesNull(argument, written, parameter, other)) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the awaited result can stand where the synchronous one stands: it has the same type, or the use does not depend on it.
    /// </summary>
    public static bool Gives(IMethodSymbol method, ITypeSymbol result, IInvocationOperation call, GuardContext guard)
    {
        if (call.Type is not { SpecialType: not SpecialType.System_Void } type) return true;
        if (MayBecomeNull(method, call) && !NullConditionalCall.IsUnused(call)) return false;
        if (SymbolEqualityComparer.Default.Equals(result, type)) return true;
        if (guard.Compilation.ClassifyCommonConversion(result, type) is not { Exists: true, IsImplicit: true } conversion) return false;
        if (NullConditionalCall.IsUnused(call)) return true;
        // Task<dynamic>, Task<(int Count, string Name)>, a type of another nullability
        if (conversion.IsIdentity) return true;
        return IsConvertedAnyway(call, conversion.IsReference);
    }

    // The operation of null! is that of null.
    private static ArgumentSyntax? WrittenAs(IArgumentOperation argument, IInvocationOperation call) =>
        argument.Syntax.FirstAncestorOrSelf<ArgumentSyntax>(written => written.Parent?.Parent == call.Syntax);

    private static IParameterSymbol? ParameterFor(ArgumentSyntax written, InvocationExpressionSyntax candidate, IMethodSymbol method,
        IMethodSymbol counterpart)
    {
        if (written.NameColon is { Name.Identifier.ValueText: var name }) return Find(method, name);
        if (written.Parent is not ArgumentListSyntax { Arguments: var arguments }) return null;
        var index = arguments.IndexOf(written);
        // An extension that is called as a static method has the receiver in front.
        if (candidate.ArgumentList.Arguments.Count > arguments.Count && method.IsExtensionMethod && method.ReducedFrom is null
            && SymbolEqualityComparer.Default.Equals(method, counterpart))
            index++;
        return index < method.Parameters.Length ? method.Parameters[index] : null;
    }

    // class Own : TcpClient { public new void Connect(string host, int port) … }: ConnectAsync does what the hidden Connect does
    public static bool HidesThatOf(IMethodSymbol counterpart, IMethodSymbol called)
    {
        if (called.IsOverride || called.IsStatic || called.DeclaringSyntaxReferences.IsEmpty) return false;
        var isBelow = false;
        for (var type = called.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            isBelow |= SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, counterpart.ContainingType.OriginalDefinition);
            if (!isBelow) continue;
            foreach (var member in type.GetMembers(called.Name))
            {
                if (member is IMethodSymbol hidden && TakesTheSame(hidden, called)) return true;
            }
        }

        return false;
    }

    private static bool TakesTheSame(IMethodSymbol one, IMethodSymbol other)
    {
        if (one.Parameters.Length != other.Parameters.Length) return false;
        for (var i = 0; i < one.Parameters.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(one.Parameters[i].Type, other.Parameters[i].Type)) return false;
        }

        return true;
    }

    // Move(from, to) beside MoveAsync(to, from)
    private static bool IsSwapped(IParameterSymbol parameter, IParameterSymbol other, IMethodSymbol counterpart) =>
        other.Name != parameter.Name && Find(counterpart, parameter.Name) is { } named
        && SymbolEqualityComparer.Default.Equals(named.Type, other.Type);

    private static IParameterSymbol? Find(IMethodSymbol method, string name)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == name) return parameter;
        }

        return null;
    }

    // byte[] is as good as a memory of bytes; int is not as good as float.
    private static bool SameMeaning(ITypeSymbol one, ITypeSymbol other, GuardContext guard)
    {
        if (SymbolEqualityComparer.Default.Equals(one, other) || one.TypeKind is TypeKind.TypeParameter or TypeKind.Delegate
            || other.TypeKind is TypeKind.TypeParameter or TypeKind.Delegate)
            return true;
        if (one.IsRefLikeType) return true;
        var conversion = guard.Compilation.ClassifyCommonConversion(one, other);
        if (!conversion.Exists || !conversion.IsImplicit) return HasTypeParameter(other);
        return !conversion.IsNumeric || !(IsFloating(other) && !IsFloating(one));
    }

    private static bool HasTypeParameter(ITypeSymbol type)
    {
        if (type is not INamedTypeSymbol named) return type is IArrayTypeSymbol { ElementType: var element } && HasTypeParameter(element);
        foreach (var argument in named.TypeArguments)
        {
            if (argument.TypeKind is TypeKind.TypeParameter or TypeKind.Delegate || HasTypeParameter(argument)) return true;
        }

        return false;
    }

    private static bool IsFloating(ITypeSymbol type) => type.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    // Find(string? name) beside FindAsync(string name), with a name that may be null
    private static bool LosesNull(IArgumentOperation argument, ArgumentSyntax written, IParameterSymbol parameter, IParameterSymbol other)
    {
        if (parameter.NullableAnnotation != NullableAnnotation.Annotated || other.NullableAnnotation != NullableAnnotation.NotAnnotated
            || !other.Type.IsReferenceType)
            return false;
        if (argument.Value.ConstantValue is { HasValue: true, Value: null }) return true;
        return argument.SemanticModel is { } model
            && model.GetTypeInfo(written.Expression).Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    // string Title() beside Task<string?> TitleAsync(): awaiting it adds a warning. What is remembered of a type leaves annotations out.
    private static bool MayBecomeNull(IMethodSymbol counterpart, IInvocationOperation call) =>
        counterpart.ReturnType is INamedTypeSymbol { TypeArguments: { Length: 1 } results }
        && results[0] is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }
        && call.TargetMethod.ReturnType.NullableAnnotation == NullableAnnotation.NotAnnotated;

    // long n = Count(), Use(Count()), return Count(); but not var n = Count(), Count() / 2
    private static bool IsConvertedAnyway(IInvocationOperation call, bool isReference)
    {
        var value = Unwrapped.ImplicitConversionsAround(call);
        switch (value.Parent)
        {
            case IVariableInitializerOperation
            {
                Parent: IVariableDeclaratorOperation
                {
                    Symbol: var declared,
                    Syntax: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var type } }
                }
            }:
                // using var reader = ExecuteReader(), of an interface that what is awaited implements; no other value is put into it
                return !type.IsVar
                    || (isReference && call.Type?.TypeKind == TypeKind.Interface && !VariableWrites.IsWritten(declared, call));
            case IAssignmentOperation assignment:
                return assignment is ISimpleAssignmentOperation;
            case IReturnOperation:
                return FunctionOf(call) is not IAnonymousFunctionOperation;
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsGenericMethod: false } }:
                return true;
            case IMemberReferenceOperation or IInvocationOperation or IForEachLoopOperation:
                return isReference;
            default:
                return false;
        }
    }

    private static IOperation? FunctionOf(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation) return parent;
        }

        return null;
    }
}

using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>Locals that obey a token because they were made with it.</summary>
internal static class MadeWithToken
{
    /// <summary>
    /// Whether the value is a local that was declared with a token: a task, a sequence, a delegate, or an object that received it.
    /// </summary>
    public static bool Is(IOperation value, GuardContext guard)
    {
        value = Unwrapped.Conversions(value);
        if (value is not ILocalReferenceOperation { Local: { DeclaringSyntaxReferences: { Length: 1 } declarations } local }) return false;
        if (declarations[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } written }
            || written.SyntaxTree != value.Syntax.SyntaxTree)
            return false;
        if (value.SemanticModel?.GetOperation(written) is not { } made || !TokenUse.IsIn(made, guard)) return false;
        made = Unwrapped.Conversions(made);
        return made is IObjectCreationOperation || local.Type.TypeKind == TypeKind.Delegate || guard.Awaitables.IsAwaitable(local.Type)
            || IsSequence(local.Type, guard);
    }

    private static bool IsSequence(ITypeSymbol type, GuardContext guard)
    {
        if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, guard.Types.AsyncEnumerableOfT)) return true;
        foreach (var contract in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, guard.Types.AsyncEnumerableOfT)) return true;
        }

        var definition = type.OriginalDefinition;
        return definition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerable
            || SymbolEqualityComparer.Default.Equals(definition, guard.Types.AsyncEnumeratorOfT)
            || SymbolEqualityComparer.Default.Equals(definition, guard.Types.ConfiguredAsyncEnumerableOfT);
    }
}

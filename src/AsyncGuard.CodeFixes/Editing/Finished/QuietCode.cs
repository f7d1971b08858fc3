using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Editing.Finished;

/// <summary>Code that cannot throw: constants, names, and what the language computes of them without a check.</summary>
internal static class QuietCode
{
    // Each method of the project that is called counts.
    private const int MaxDepth = 3;

    public static bool CanThrow(IOperation code, GuardContext guard) => CanThrow(code, guard, MaxDepth);

    // What a lambda or a local function throws, it throws where it is called.
    private static bool CanThrow(IOperation code, GuardContext guard, int depth) => code.ChildOperations.Any(child =>
        child is not (IAnonymousFunctionOperation or ILocalFunctionOperation)
        && (Throws(child, guard, depth) || CanThrow(child, guard, depth)));

    /// <summary>Whether the code mentions cancellation, which ends a task in another way than a failure.</summary>
    public static bool MayCancel(SyntaxNode code) =>
        code.DescendantNodes()
        .Any(static node => node is IdentifierNameSyntax { Identifier.ValueText: var name }
            && (ApiTypes.Cancellation.IsNamed(name) || ApiTypes.CancellationToken.IsNamed(name)
            || CancellationMembers.ThrowIfCancellationRequested.IsNamed(name)));

    private static bool Throws(IOperation operation, GuardContext guard, int depth) => operation switch
    {
        IInvocationOperation call => !IsQuiet(call, guard, depth),
        IArgumentOperation { InConversion: { IsUserDefined: false }, OutConversion: { IsUserDefined: false } } => false,
        IMethodBodyOperation or IBlockOperation or IReturnOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation
            or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation => false,
        ILiteralOperation or IDefaultValueOperation or INameOfOperation or ITypeOfOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or IInstanceReferenceOperation => false,
        IFieldReferenceOperation field => field.Instance is not (null or IInstanceReferenceOperation),
        IPropertyReferenceOperation property => property.Instance is not IInstanceReferenceOperation || !IsAutomatic(property.Property),
        ISimpleAssignmentOperation or IConditionalOperation or ICoalesceOperation or IParenthesizedOperation or ITupleOperation
            or IIsPatternOperation or IConstantPatternOperation or IIsTypeOperation or IEmptyOperation => false,
        IDelegateCreationOperation creation => creation.Target is not IAnonymousFunctionOperation,
        IConversionOperation conversion => conversion.OperatorMethod is not null || !(conversion.IsImplicit || conversion.IsTryCast),
        IBinaryOperation binary => binary.OperatorMethod is not null || binary.IsChecked || IsUnsafe(binary.OperatorKind, binary.Type)
            || (IsString(binary.Type) && !(IsText(binary.LeftOperand) && IsText(binary.RightOperand))),
        ICompoundAssignmentOperation change => change.OperatorMethod is not null || change.IsChecked
            || IsUnsafe(change.OperatorKind, change.Type) || (IsString(change.Type) && !IsText(change.Value)),
        IIncrementOrDecrementOperation count => count.OperatorMethod is not null || count.IsChecked || IsDecimal(count.Type),
        IInterpolatedStringOperation or IInterpolatedStringTextOperation => false,
        IInterpolationOperation hole => hole.FormatString is not null || !IsText(hole.Expression),
        IUnaryOperation unary => unary.OperatorMethod is not null || unary.IsChecked,
        _ => operation is not { ConstantValue.HasValue: true },
    };

    // Clear(); Note("done"); void Note(string what) => _last = what;
    private static bool IsQuiet(IInvocationOperation call, GuardContext guard, int depth)
    {
        var method = call.TargetMethod.OriginalDefinition;
        if (depth == 0 || call.IsVirtual || method.IsAsync || call.Instance is not (null or IInstanceReferenceOperation)
            || !guard.IsOurs(method) || (method.IsStatic && !method.ContainingType.StaticConstructors.IsEmpty)
            || method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction))
            return false;
        var bodies = Bodies.Of(guard).OperationsOf(method).ToList();
        return bodies.Count > 0 && !bodies.Exists(body => CanThrow(body, guard, depth - 1));
    }

    // Every operation on a decimal is checked.
    private static bool IsUnsafe(BinaryOperatorKind kind, ITypeSymbol? type) =>
        kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder || IsDecimal(type);

    private static bool IsDecimal(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_Decimal };

    private static bool IsString(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_String };

    // Anything else is asked for its text by a method of its own.
    private static bool IsText(IOperation value) => Unwrapped.Conversions(value).Type is
    {
        SpecialType: SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Boolean or SpecialType.System_Int32
            or SpecialType.System_Int64
    };

    // string Name { get; set; }, not overridden
    private static bool IsAutomatic(IPropertySymbol property) =>
        !property.IsVirtual && !property.IsAbstract && !property.IsOverride
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>()
        .Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
}

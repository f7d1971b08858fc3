using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>What a constructor assigns to a field or property, and which other constructor it calls.</summary>
internal sealed class ConstructorWrites
{
    private ConstructorWrites()
    {
    }

    /// <summary>The value that it assigns, whatever happens; null where it assigns none.</summary>
    public IOperation? Value { get; private set; }

    /// <summary>Whether it assigns several, or not on every path.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>The call of <c>this(…)</c> or <c>base(…)</c>, where it is written down.</summary>
    public IInvocationOperation? Chained { get; private set; }

    public static ConstructorWrites Of(IMethodSymbol constructor, ISymbol member, GuardContext guard)
    {
        var found = new ConstructorWrites();
        foreach (var code in Bodies.Of(guard).OperationsOf(constructor))
        {
            found.Chained ??= ChainedBy(code);
            foreach (var operation in code.Descendants())
            {
                if (!Writes(operation, member)) continue;
                var written = ValueWritten(operation, member);
                found.IsUnclear |= found.Value is not null || written is null;
                found.Value = written;
            }
        }

        return found;
    }

    /// <summary>Whether only <c>this(…)</c> of other constructors calls the private one.</summary>
    public static bool IsOnlyChained(IMethodSymbol constructor)
    {
        if (constructor is not { DeclaredAccessibility: Accessibility.Private, IsStatic: false, Parameters.IsEmpty: false }
            || !constructor.GetAttributes().IsEmpty)
            return false;
        foreach (var part in constructor.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var node in part.GetSyntax().DescendantNodes())
            {
                switch (node)
                {
                    case ImplicitObjectCreationExpressionSyntax or PrimaryConstructorBaseTypeSyntax:
                    case ObjectCreationExpressionSyntax { Type: var type } when NameOf(type) == constructor.ContainingType.Name:
                    case ConstructorInitializerSyntax when node.IsKind(SyntaxKind.BaseConstructorInitializer)
                        && node.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Span != part.Span:
                        return false;
                }
            }
        }

        return true;
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax { Right: var name } => name.Identifier.ValueText,
        _ => "",
    };

    private static IInvocationOperation? ChainedBy(IOperation code)
    {
        var initializer = (code as IConstructorBodyOperation)?.Initializer ?? code;
        if (initializer is IExpressionStatementOperation { Operation: var expression }) initializer = expression;
        return initializer is IInvocationOperation { TargetMethod.MethodKind: MethodKind.Constructor } call ? call : null;
    }

    private static bool Writes(IOperation operation, ISymbol member) => operation switch
    {
        IAssignmentOperation assignment => IsTarget(assignment.Target, member),
        IIncrementOrDecrementOperation step => IsOne(step.Target, member),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsOne(argument.Value, member),
        _ => false,
    };

    private static bool IsTarget(IOperation target, ISymbol member)
    {
        if (target is not ITupleOperation tuple) return IsOne(target, member);
        foreach (var element in tuple.Elements)
        {
            if (IsTarget(element, member)) return true;
        }

        return false;
    }

    private static bool IsOne(IOperation? operation, ISymbol member) =>
        Unwrapped.ConversionsOrNull(operation) is IMemberReferenceOperation { Member: var named }
        && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, member.OriginalDefinition);

    // _owns = owns; and (_stream, _owns) = (stream, owns); where nothing is asked before
    private static IOperation? ValueWritten(IOperation write, ISymbol member)
    {
        if (write.Parent is not IExpressionStatementOperation { Parent: IBlockOperation { Parent: IConstructorBodyOperation } body }
            || LeavesEarly(body))
            return null;
        switch (write)
        {
            case ISimpleAssignmentOperation assignment:
                return assignment.Value;
            case IDeconstructionAssignmentOperation { Target: ITupleOperation targets } taken
                when Unwrapped.Conversions(taken.Value) is ITupleOperation values && values.Elements.Length == targets.Elements.Length:
                for (var i = 0; i < targets.Elements.Length; i++)
                {
                    if (IsOne(targets.Elements[i], member)) return values.Elements[i];
                }

                return null;
            default:
                return null;
        }
    }

    private static bool LeavesEarly(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IReturnOperation && FlowGraphs.FunctionsAround(operation).Count == 0) return true;
        }

        return false;
    }
}

using AsyncGuard.Analysis.Code;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Effects;

/// <summary>Where the static initializers of a type run: once, at its first touch.</summary>
internal sealed class TypeInitializers(GuardContext guard)
{
    private static readonly Engine<TypeInitializers> Engine = new(static guard => new TypeInitializers(guard));

    public static TypeInitializers Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>
    /// Whether touching the member runs the initializers. With a static constructor every touch of a static member and every creation does;
    /// without one, only what gets at the static fields. Of another compilation's type only its fields and properties are known to.
    /// </summary>
    public bool IsTouch(ISymbol touched)
    {
        if (!touched.IsStatic && touched is not IMethodSymbol { MethodKind: MethodKind.Constructor }) return false;
        if (touched is IFieldSymbol) return true;
        var type = touched.ContainingType.OriginalDefinition;
        foreach (var constructor in type.StaticConstructors)
        {
            if (!constructor.IsImplicitlyDeclared) return true;
        }

        return guard.IsOurs(type) ? MentionsStatics(touched.OriginalDefinition, type) : touched is IPropertySymbol;
    }

    /// <summary>
    /// Whether nothing has started the type before the operation, as far as the function that it stands in and the initializers around that
    /// can tell.
    /// </summary>
    public bool IsFirstTouch(IOperation touch, INamedTypeSymbol type, ISymbol member)
    {
        var function = FlowGraphs.FunctionOrRoot(touch);
        if (Touches(function, function, type, touch.Syntax.SpanStart)) return false;
        for (var around = member.ContainingType; around is not null; around = around.ContainingType)
        {
            if (IsStartedBy(around, type)) return false;
        }

        return member.IsStatic || member.ContainingType is not { } own || !IsStartedByAllConstructors(own, type);
    }

    // static readonly string Name = Settings.Name;
    private bool IsStartedBy(ISymbol member, INamedTypeSymbol type)
    {
        foreach (var body in Bodies.Of(guard).OperationsOf(member))
        {
            if (Touches(body, body, type, int.MaxValue)) return true;
        }

        return false;
    }

    private bool IsStartedByAllConstructors(INamedTypeSymbol own, INamedTypeSymbol type)
    {
        foreach (var constructor in own.InstanceConstructors)
        {
            if (!IsStartedBy(constructor, type)) return false;
        }

        return own.InstanceConstructors.Length > 0;
    }

    private bool Touches(IOperation operation, IOperation function, INamedTypeSymbol type, int before)
    {
        if (operation is INameOfOperation || (operation is IAnonymousFunctionOperation or ILocalFunctionOperation && operation != function))
            return false;
        if (operation.Syntax.SpanStart < before && TouchedBy(operation) is { } touched
            && SymbolEqualityComparer.Default.Equals(touched.ContainingType?.OriginalDefinition, type) && IsTouch(touched))
            return true;
        foreach (var child in operation.ChildOperations)
        {
            if (Touches(child, function, type, before)) return true;
        }

        return false;
    }

    private static ISymbol? TouchedBy(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IPropertyReferenceOperation property => property.Property,
        IFieldReferenceOperation { Field: { IsStatic: true, IsConst: false } field } => field,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private static bool MentionsStatics(ISymbol touched, INamedTypeSymbol type)
    {
        if (touched is IMethodSymbol { PartialImplementationPart: { } implementation }) touched = implementation;
        foreach (var member in type.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: true, IsConst: false } field) continue;

            // static string Name { get; } = Read();
            if (SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, touched)
                || Mentions(touched, field.AssociatedSymbol?.Name ?? field.Name))
                return true;
        }

        return false;
    }

    private static bool Mentions(ISymbol touched, string name)
    {
        foreach (var reference in touched.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                if (node is IdentifierNameSyntax { Identifier.ValueText: var text } && text == name) return true;
            }
        }

        return false;
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.Analysis.Code;

/// <summary>Finds the code of a member: its body, and for a constructor what runs before it.</summary>
internal sealed class Bodies(Compilation compilation)
{
    private static readonly Engine<Bodies> Engine = new(static guard => new Bodies(guard.Compilation));

    /// <summary>So many files keep what was bound of them, as what is called is often asked for again.</summary>
    private const int MostKept = 32;

    private readonly ConcurrentDictionary<SyntaxTree, WeakReference<SemanticModel>> _models = new();
    private readonly SemanticModel?[] _kept = new SemanticModel?[MostKept];
    private int _made;
    private int _bound;

    /// <summary>How many bodies were asked for, which the compiler has to bind unless it has just done so.</summary>
    public int Bound => Volatile.Read(ref _bound);

    public static Bodies Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>The operations that run when the member is called; a type stands for its static initializers.</summary>
    public IEnumerable<IOperation> OperationsOf(ISymbol member) => member switch
    {
        INamedTypeSymbol type => OfStatics(type),
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => OfConstructor(constructor),
        IMethodSymbol method => OfMethod(method.PartialImplementationPart ?? method),
        _ => [],
    };

    /// <summary>
    /// The operations of the member that stands there, or of what runs when the type there is made, each with its member where that is
    /// plain.
    /// </summary>
    public IEnumerable<(ISymbol? Member, IOperation? Code)> In(SyntaxTree tree, TextSpan span)
    {
        var node = tree.GetRoot().FindNode(span, getInnermostNodeForTie: true);
        var member = node is CompilationUnitSyntax or VariableDeclaratorSyntax ? null : ModelOf(tree).GetDeclaredSymbol(node);
        switch (node)
        {
            case TypeDeclarationSyntax type:
                foreach (var code in WhenMade(type)) yield return (member, OperationOf(code));
                break;
            case VariableDeclaratorSyntax { Initializer: { } initializer }:
                yield return (member, OperationOf(initializer));
                break;
            case BasePropertyDeclarationSyntax property:
                yield return (member, null);
                foreach (var code in CodeOf(property)) yield return (member, OperationOf(code));
                break;
            case CompilationUnitSyntax program:
                yield return (ModelOf(tree).GetDeclaredSymbol(program), OperationOf(program));
                break;
            case BaseMethodDeclarationSyntax method:
                yield return (member, OperationOf(method));
                break;
        }
    }

    /// <summary>The member that the syntax declares; nothing is bound for it.</summary>
    public ISymbol? MemberAt(MemberDeclarationSyntax declaration) => ModelOf(declaration.SyntaxTree).GetDeclaredSymbol(declaration);

    /// <summary>The constructor that runs before this one without being written down, or null.</summary>
    public static IMethodSymbol? ImplicitBase(IMethodSymbol constructor)
    {
        if (constructor.MethodKind != MethodKind.Constructor
            || constructor.ContainingType is not
            {
                TypeKind: TypeKind.Class,
                BaseType: { SpecialType: not SpecialType.System_Object } @base
            })
            return null;
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            if (syntax is ConstructorDeclarationSyntax { Initializer: not null }
                || (syntax is TypeDeclarationSyntax declaration && PrimaryBase(declaration) is not null))
                return null;
        }

        foreach (var candidate in @base.InstanceConstructors)
        {
            if (candidate.Parameters.IsEmpty) return candidate.OriginalDefinition;
        }

        return null;
    }

    /// <summary>Whether calling the method only makes an object that runs the body when it is enumerated.</summary>
    public static bool IsIterator(IMethodSymbol method)
    {
        if (method.ReturnType.OriginalDefinition.SpecialType is not (SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_IEnumerable
            or SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_IEnumerator)) return false;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            foreach (var node in syntax.DescendantNodes(node => node == syntax
                || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                if (node is YieldStatementSyntax) return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The operation of code of this compilation. Of other projects of a solution there are symbols with code too, which belongs to their
    /// compilations; csc sees none of it.
    /// </summary>
    public IOperation? OperationOf(SyntaxNode node)
    {
        if (!compilation.ContainsSyntaxTree(node.SyntaxTree)) return null;
        if (node is not ExpressionSyntax) Interlocked.Increment(ref _bound);
        return ModelOf(node.SyntaxTree).GetOperation(node);
    }

    private static IEnumerable<SyntaxNode> CodeOf(BasePropertyDeclarationSyntax property)
    {
        if ((property as PropertyDeclarationSyntax)?.Initializer is { } initializer) yield return initializer;
        if (((property as PropertyDeclarationSyntax)?.ExpressionBody
            ?? (property as IndexerDeclarationSyntax)?.ExpressionBody) is { } expression)
            yield return expression;
        if (property.AccessorList is null) yield break;
        foreach (var accessor in property.AccessorList.Accessors) yield return accessor;
    }

    private static IEnumerable<SyntaxNode> WhenMade(TypeDeclarationSyntax type)
    {
        if (PrimaryBase(type) is { } @base) yield return @base;
        foreach (var member in type.Members)
        {
            switch (member)
            {
                case ConstructorDeclarationSyntax:
                    yield return member;
                    break;
                case PropertyDeclarationSyntax { Initializer: { } initializer }:
                    yield return initializer;
                    break;
                case FieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables)
                    {
                        if (variable.Initializer is not null) yield return variable.Initializer;
                    }

                    break;
            }
        }
    }

    private SemanticModel ModelOf(SyntaxTree tree)
    {
        if (_models.TryGetValue(tree, out var weak) && weak.TryGetTarget(out var known)) return known;
        var model = compilation.GetSemanticModel(tree);
        _models[tree] = new WeakReference<SemanticModel>(model);
        _kept[(Interlocked.Increment(ref _made) & int.MaxValue) % MostKept] = model;
        return model;
    }

    private IEnumerable<IOperation> OfMethod(IMethodSymbol method)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax();
            if (syntax is TypeDeclarationSyntax type) syntax = PrimaryBase(type);
            if (syntax is not null && OperationOf(syntax) is { } body) yield return body;
        }
    }

    // record Row(int Id) : Base(Load(Id))
    private static SyntaxNode? PrimaryBase(TypeDeclarationSyntax type) =>
        type.BaseList is { Types: { Count: > 0 } bases } ? bases[0] as PrimaryConstructorBaseTypeSyntax : null;

    private IEnumerable<IOperation> OfConstructor(IMethodSymbol constructor)
    {
        if (!CallsThis(constructor))
        {
            foreach (var initializer in InitializersOf(constructor.ContainingType, isStatic: false)) yield return initializer;
        }

        foreach (var body in OfMethod(constructor)) yield return body;
    }

    private IEnumerable<IOperation> OfStatics(INamedTypeSymbol type)
    {
        foreach (var initializer in InitializersOf(type, isStatic: true)) yield return initializer;
        foreach (var constructor in type.StaticConstructors)
        {
            foreach (var body in OfMethod(constructor)) yield return body;
        }
    }

    private static bool CallsThis(IMethodSymbol constructor)
    {
        foreach (var reference in constructor.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is ConstructorDeclarationSyntax { Initializer: { } initializer }
                && initializer.IsKind(SyntaxKind.ThisConstructorInitializer))
                return true;
        }

        return false;
    }

    // Of a type in several parts, by the names of its files.
    private static IEnumerable<ISymbol> MembersInOrder(INamedTypeSymbol type)
    {
        var members = type.GetMembers();
        return type.DeclaringSyntaxReferences.Length < 2 ? members : members.Sort(static (one, other) => SourceOrder.Compare(one, other));
    }

    private IEnumerable<IOperation> InitializersOf(INamedTypeSymbol type, bool isStatic)
    {
        foreach (var member in MembersInOrder(type))
        {
            if (member.IsStatic != isStatic
                || member is not (IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } or IPropertySymbol))
                continue;
            foreach (var reference in member.DeclaringSyntaxReferences)
            {
                var initializer = reference.GetSyntax() switch
                {
                    VariableDeclaratorSyntax variable => variable.Initializer,
                    PropertyDeclarationSyntax property => property.Initializer,
                    _ => null,
                };
                if (initializer is not null && OperationOf(initializer) is { } operation) yield return operation;
            }
        }
    }
}

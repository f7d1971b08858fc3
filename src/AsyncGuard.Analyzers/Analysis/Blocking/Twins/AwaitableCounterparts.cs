using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Names;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// Finds the awaitable counterpart of a synchronous call by binding <c>XAsync(same arguments)</c> in its place.
/// What binds there is right by construction: overloads, ref and out, constraints, accessibility. Methods without any are remembered.
/// </summary>
internal sealed class AwaitableCounterparts(GuardContext guard)
{
    private const string Suffix = ConventionalNames.Async;

    private static readonly Engine<AwaitableCounterparts> Engine = new(static guard => new AwaitableCounterparts(guard));

    private readonly ExtensionNames _extensions = new(guard, Suffix);
    private readonly ConcurrentDictionary<(ISymbol Method, ISymbol? Receiver, SyntaxNode? Imports), bool> _without = new(Comparer.Instance);

    public static AwaitableCounterparts Of(GuardContext guard) => Engine.Of(guard);

    /// <summary>Whether the call may have a counterpart: the cheap test, wrong only in favour of a closer look.</summary>
    public bool MayHave(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!CanHave(method)) return false;

        var receiver = ReceiverType(call);
        var key = (method.OriginalDefinition, receiver?.OriginalDefinition, default(SyntaxNode));
        if (_without.ContainsKey(key)) return false;
        if (NameOf(call) is { } name && !InheritedCounterpart.RunsInPlace(receiver, name, guard))
        {
            if (method.ContainingType.HasMember(name) || (receiver is not null && receiver.HasMember(name))) return true;
            if (QueryTwins.Of(call, guard) is { } elsewhere && elsewhere.HasMember(name)) return true;
            if (receiver is not null && _extensions.MayHave(name)) return HasExtension(name, receiver, call);
            if (name != method.Name && HasAwaitableOverload(method)) return true;
        }

        // The call says whether a type is that of a query or of a collection, and how its object was made; not the method.
        if (!QueryTwins.MayExist(method.ContainingType, guard) && !RequestedTwins.MayBe(receiver, guard)) _without.TryAdd(key, true);
        return false;
    }

    /// <summary>The counterpart, or null where there is none or the call is none that could have one.</summary>
    public Counterpart? Find(IInvocationOperation call) =>
        MayHave(call) && !InPlaceTwin.Is(call, guard) && !OwnStream.Is(call, guard) && NameOf(call) is { } name
        && (Bind(call, name) ?? BindOverload(call)) is { } found && !IsSelf(found, call)
        && !TwinBodies.AreNone(call, found.Method, guard) && !TwinCallers.Have(call, found.Method, guard)
        ? found : null;

    private bool CanHave(IMethodSymbol method) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
        && !method.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && method.Name != WellKnownMember.Dispose
        && !guard.Awaitables.IsAwaitable(method.ReturnType)
        && !MakesOutcome(method);

    // Result<T> Success(T value) beside Task<Result<T>> SuccessAsync(T value), which only wraps it
    private static bool MakesOutcome(IMethodSymbol method) =>
        method.IsStatic && method.ReturnType.Name == method.ContainingType.Name && ConventionalNames.MakesOutcome(method.Name);

    /// <summary>The name to look for, or null where the counterpart is known to be none.</summary>
    private string? NameOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var entry = guard.Apis.EntryOf(method);
        if (entry is not null && entry.Has(ApiTraits.NoTwin | ApiTraits.Completes | ApiTraits.Waits | ApiTraits.Sleeps)) return null;
        if (guard.Apis.TypeHas(method.ContainingType, ApiTraits.InMemory) || EntityFramework.Of(guard).RunsInPlace(method)) return null;
        if ((guard.Apis.TypeHas(method.ContainingType, ApiTraits.NoTwin) || guard.Apis.TypeHas(ReceiverType(call), ApiTraits.NoTwin))
            && !RequestedTwins.Are(call.Instance, guard))
            return null;
        return entry is { Answer: { } answer } && entry.Has(ApiTraits.Blocks) && answer.IndexOf(':') < 0 ? answer : method.Name + Suffix;
    }

    // Which extension methods are in scope differs from file to file.
    private bool HasExtension(string name, ITypeSymbol receiver, IInvocationOperation call)
    {
        var key = (call.TargetMethod.OriginalDefinition, receiver.OriginalDefinition, ImportScope(call.Syntax));
        if (_without.ContainsKey(key)) return false;
        if (call.SemanticModel is { } model
            && !model.LookupSymbols(call.Syntax.SpanStart, receiver, name, includeReducedExtensionMethods: true).IsEmpty)
            return true;
        _without.TryAdd(key, true);
        return false;
    }

    private Counterpart? Bind(IInvocationOperation call, string name)
    {
        if (call.SemanticModel is not { } model || call.Syntax is not InvocationExpressionSyntax invocation) return null;
        if (Renamed(invocation, name) is not { } renamed) return null;

        // LINQ over objects: ToListAsync would bind, and throw when it runs.
        var elsewhere = QueryTwins.Of(call, guard);
        if (elsewhere is null && guard.Apis.TypeEntry(call.TargetMethod.ContainingType, ApiTraits.TwinsIn) is not null) return null;

        if (Accepts(model, invocation, renamed, call) is { } plain && (elsewhere is null || !IsOfOtherQueries(plain, elsewhere, call)))
            return new Counterpart(plain, name, needsToken: false, importedFrom: null);

        var withToken = renamed.AddArgumentListArguments(Argument(DefaultToken(guard)));
        if (Accepts(model, invocation, withToken, call) is { } cancellable)
            return new Counterpart(cancellable, name, needsToken: true, importedFrom: null);

        // Enumerable.ToList on a query of a database: its twin is an extension method whose namespace may not be imported.
        if (elsewhere is null) return BindByName(call, invocation, renamed, name, model);
        if (AsStaticCall(renamed, elsewhere, name) is not { } qualified) return null;
        return Accepts(model, invocation, qualified, call) is { } imported ? new Counterpart(imported, name, needsToken: false, elsewhere)
            : null;
    }

    // void Dump(string path, bool log = false) beside Task DumpAsync(string path, bool log, CancellationToken stop)
    private Counterpart? BindByName(IInvocationOperation call, InvocationExpressionSyntax invocation, InvocationExpressionSyntax renamed,
        string name, SemanticModel model)
    {
        var receiver = ReceiverType(call);
        foreach (var symbol in model.LookupSymbols(invocation.SpanStart, receiver ?? call.TargetMethod.ContainingType, name,
            includeReducedExtensionMethods: receiver is not null))
        {
            if (symbol is not IMethodSymbol candidate || !guard.Awaitables.IsAwaitable(candidate.ReturnType)
                || CounterpartArguments.For(call, invocation, candidate, guard) is not { } arguments)
                continue;
            var plain = arguments.ApplyTo(renamed);
            if (Accepts(model, invocation, plain, call, arguments) is { } found)
                return new Counterpart(found, name, needsToken: false, importedFrom: null, arguments);
            if (CounterpartArguments.TokenOf(candidate, guard) is not { } token) continue;
            var withToken = plain.AddArgumentListArguments(
                Argument(DefaultToken(guard)).WithNameColon(NameColon(IdentifierName(token.Name))));
            if (Accepts(model, invocation, withToken, call, arguments) is { } cancellable)
                return new Counterpart(cancellable, name, needsToken: true, importedFrom: null, arguments);
        }

        return null;
    }

    // string Grind(string corn) beside Task<string> Grind(string corn, CancellationToken stop)
    private Counterpart? BindOverload(IInvocationOperation call)
    {
        if (call.SemanticModel is not { } model || call.Syntax is not InvocationExpressionSyntax invocation
            || !HasAwaitableOverload(call.TargetMethod))
            return null;
        if (Renamed(invocation, call.TargetMethod.Name) is not { } same) return null;
        return Accepts(model, invocation, same.AddArgumentListArguments(Argument(DefaultToken(guard))), call) is { } found
            ? new Counterpart(found, call.TargetMethod.Name, needsToken: true, importedFrom: null) : null;
    }

    private bool HasAwaitableOverload(IMethodSymbol method)
    {
        foreach (var member in method.ContainingType.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { Parameters: { Length: > 0 } parameters } other
                && parameters.Length == method.Parameters.Length + 1 && guard.Tokens.TakesToken(parameters[parameters.Length - 1].Type)
                && guard.Awaitables.IsAwaitable(other.ReturnType))
                return true;
        }

        return false;
    }

    /// <summary>The method that the call would bind to, if awaiting it gives what the synchronous call gives.</summary>
    private IMethodSymbol? Accepts(SemanticModel model, InvocationExpressionSyntax original, InvocationExpressionSyntax candidate,
        IInvocationOperation call, CounterpartArguments? byName = null)
    {
        if (model.GetSpeculativeSymbolInfo(original.SpanStart, candidate,
            SpeculativeBindingOption.BindAsExpression).Symbol is not IMethodSymbol method)
            return null;
        if (guard.Awaitables.ResultOf(method.ReturnType) is not { } result || Discouraged.Is(method, guard.Types)) return null;
        return (byName is not null ? byName.AreOf(method) && !CounterpartFit.HidesThatOf(method.ReducedFrom ?? method, call.TargetMethod)
            : CounterpartFit.Takes(method, candidate, call, guard)) && CounterpartFit.Gives(method, result, call, guard) ? method : null;
    }

    /// <summary>Whether the call stands in its own counterpart, which would then call itself.</summary>
    private static bool IsSelf(Counterpart found, IInvocationOperation call)
    {
        var onOther = call.Instance is not (null or IInstanceReferenceOperation);
        for (var symbol = call.SemanticModel?.GetEnclosingSymbol(call.Syntax.SpanStart); symbol is IMethodSymbol method;
            symbol = method.ContainingSymbol)
        {
            if (method.Name == found.Method.Name && !onOther && Inherits(method.ContainingType, found.Method.ContainingType)) return true;
            if (SymbolEqualityComparer.Default.Equals(method.OriginalDefinition,
                (found.Method.ReducedFrom ?? found.Method).OriginalDefinition) && !(onOther && !method.IsExtensionMethod))
                return true;
        }

        return false;
    }

    private static bool Inherits(ITypeSymbol type, ITypeSymbol from)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, from.OriginalDefinition)) return true;
        }

        return type.AllInterfaces.ContainsSymbol(from);
    }

    // The ToListAsync that is imported belongs to EF Core, and the query to MongoDB.
    private bool IsOfOtherQueries(IMethodSymbol bound, INamedTypeSymbol own, IInvocationOperation call) =>
        !SymbolEqualityComparer.Default.Equals(bound.ContainingType, own)
        && QueryTwins.IsLibrary(bound.ContainingType, call.TargetMethod.ContainingType, guard);

    /// <summary>
    /// The expression with another method name, type arguments kept. <c>a?.X()</c> is bound as <c>a.X()</c>, <c>a?.B.X()</c> as
    /// <c>a.B.X()</c>.
    /// </summary>
    public static InvocationExpressionSyntax? Renamed(InvocationExpressionSyntax invocation, string name)
    {
        ExpressionSyntax? expression = invocation.Expression switch
        {
            SimpleNameSyntax simple => Rename(simple, name),
            MemberAccessExpressionSyntax access =>
                access.Expression is { } receiver && NullConditionalCall.Unconditional(receiver) is var plain && plain != receiver
                ? MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, plain, Rename(access.Name, name))
                : access.WithName(Rename(access.Name, name)),
            MemberBindingExpressionSyntax binding when NullConditionalCall.ReceiverOf(binding) is { } receiver =>
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, Rename(binding.Name, name)),
            _ => null,
        };
        return expression is null ? null : invocation.WithExpression(expression);
    }

    private static SimpleNameSyntax Rename(SimpleNameSyntax original, string name) => original switch
    {
        GenericNameSyntax generic => generic.WithIdentifier(Identifier(name)),
        _ => IdentifierName(name),
    };

    private static InvocationExpressionSyntax? AsStaticCall(InvocationExpressionSyntax renamed, INamedTypeSymbol type, string name)
    {
        if (renamed.Expression is not MemberAccessExpressionSyntax access) return null;
        var arguments = renamed.ArgumentList.Arguments.Insert(0, Argument(access.Expression.WithoutTrivia()));
        return InvocationExpression(ParseExpression(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + name),
            ArgumentList(arguments));
    }

    private static ExpressionSyntax DefaultToken(GuardContext guard) =>
        DefaultExpression(
        ParseTypeName(guard.Types.CancellationToken?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) ?? "object"));

    private static ITypeSymbol? ReceiverType(IInvocationOperation call)
    {
        if (call.Instance is { } instance) return instance.Type;
        if (!call.TargetMethod.IsExtensionMethod || call.Arguments.Length == 0) return null;
        var value = Unwrapped.ImplicitConversions(call.Arguments[0].Value);
        return value.Type;
    }

    // The nearest list of using directives decides which extension methods are in scope.
    private static SyntaxNode? ImportScope(SyntaxNode node)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            if (current is BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } or CompilationUnitSyntax) return current;
        }

        return null;
    }

    private sealed class Comparer : IEqualityComparer<(ISymbol Method, ISymbol? Receiver, SyntaxNode? Imports)>
    {
        public static readonly Comparer Instance = new();

        public bool Equals((ISymbol Method, ISymbol? Receiver, SyntaxNode? Imports) x,
            (ISymbol Method, ISymbol? Receiver, SyntaxNode? Imports) y) =>
            ReferenceEquals(x.Imports, y.Imports)
            && SymbolEqualityComparer.Default.Equals(x.Method, y.Method)
            && SymbolEqualityComparer.Default.Equals(x.Receiver, y.Receiver);

        public int GetHashCode((ISymbol Method, ISymbol? Receiver, SyntaxNode? Imports) key) =>
            (SymbolEqualityComparer.Default.GetHashCode(key.Method) * 31 + SymbolEqualityComparer.Default.GetHashCode(key.Receiver)) * 31 +
            (key.Imports is null ? 0 : key.Imports.SpanStart);
    }
}

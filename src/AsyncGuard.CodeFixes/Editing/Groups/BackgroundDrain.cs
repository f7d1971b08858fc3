using System.Linq;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// Drains a background group where its owner ends: when <c>StopAsync</c> has stopped what starts the work, for as long as the host waits;
/// else first in
/// <c>DisposeAsync</c>, before what the work uses is gone. A <c>BackgroundService</c> without a <c>StopAsync</c> of its own gets one.
/// </summary>
internal sealed class BackgroundDrain
{
    private readonly MethodDeclarationSyntax? _method;
    private readonly AsyncSignature? _signature;
    private readonly string _drain;
    private readonly bool _isLast;
    private readonly bool _isValueTask;

    private BackgroundDrain(MethodDeclarationSyntax? method, AsyncSignature? signature, string drain, bool isLast, bool isValueTask)
    {
        _method = method;
        _signature = signature;
        _drain = drain;
        _isLast = isLast;
        _isValueTask = isValueTask;
    }

    /// <summary>Where the field of the type is drained; null where it has no end that is known.</summary>
    public static BackgroundDrain? For(TypeDeclarationSyntax around, INamedTypeSymbol type, string field, FixContext fix)
    {
        if (IsServiceWithoutStop(type, fix))
            return new BackgroundDrain(null, null, $"{field}.DrainAsync(Timeout.InfiniteTimeSpan, cancellationToken)", isLast: true,
                isValueTask: false);
        if ((MethodIn(type, ConventionalNames.StopAsync, fix) ?? MethodIn(type, WellKnownMember.DisposeAsync, fix)) is not { } symbol)
            return null;
        if (symbol.DeclaringSyntaxReferences[0].GetSyntax(fix.CancellationToken) is not MethodDeclarationSyntax method
            || method.Parent != around)
            return null;

        var limit = symbol.Parameters.Length == 1 ? $"Timeout.InfiniteTimeSpan, {symbol.Parameters[0].Name}" : "TimeSpan.FromSeconds(30)";
        var isLast = symbol.Name == ConventionalNames.StopAsync && method.Body is { } block
            && StatementList.IndexOfEnd(block.Statements) > 0
            && !StatementList.CanBeLeft(block.Statements.Take(StatementList.IndexOfEnd(block.Statements)));
        var isValueTask = fix.Guard.Awaitables.IsValueTask(symbol.ReturnType);
        if (method.ExpressionBody is { Expression: var value })
            return IsCompleted(value) && !EnclosingFunction.IsAsync(method)
                ? new BackgroundDrain(method, null, $"{field}.DrainAsync({limit})", isLast, isValueTask) : null;
        return method.Body is { } body && AsyncSignature.For(body, fix) is { } signature
            ? new BackgroundDrain(method, signature, $"{field}.DrainAsync({limit})", isLast, isValueTask) : null;
    }

    public void Record(DocumentEdits edits)
    {
        if (_method?.ExpressionBody is { Expression: var value })
        {
            edits.Replace(value, current => ParseExpression(_isValueTask ? $"new ValueTask({_drain})" : _drain).WithTriviaFrom(current));
        }
        else if (_method?.Body is { } body)
        {
            edits.Replace(body,
                current => _isLast ? StatementList.WithLast(current, ParseStatement($"await {_drain};"))
                    : InsertStatement.First((BlockSyntax)current, $"await {_drain};"));
            _signature!.Record(edits);
        }
    }

    /// <summary>The usings of what is written. <c>Timeout</c> stands beside the token.</summary>
    public void AddImports(DocumentEdits edits, SyntaxNode place, FixContext fix)
    {
        KnownImports.Add(_drain.Contains("TimeSpan.From") ? fix.Guard.Types.TimeSpan : fix.Guard.Types.CancellationToken, edits, place,
            fix);
        if (_method is null) KnownImports.AddTask(edits, place, fix);
    }

    /// <summary>The type with a new <c>StopAsync</c>, where that is what it needs.</summary>
    public TypeDeclarationSyntax AddTo(TypeDeclarationSyntax type, SyntaxTrivia endOfLine)
    {
        if (_method is not null) return type;
        var outer = StatementList.Indentation(type.Members.Last()).ToString();
        var inner = outer + Indents.StepOf(type.Members.Last());
        string[] lines =
        [
            "", outer + "public override async Task StopAsync(CancellationToken cancellationToken)", outer + "{",
            inner + "await base.StopAsync(cancellationToken);", inner + $"await {_drain};", outer + "}", "",
        ];
        return type.AddMembers(ParseMemberDeclaration(string.Join(endOfLine.ToString(), lines))!);
    }

    private static bool IsServiceWithoutStop(INamedTypeSymbol type, FixContext fix)
    {
        if (fix.Guard.Types.BackgroundService is not { } service || !type.GetMembers("StopAsync").IsEmpty) return false;
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, service)) return true;
        }

        return false;
    }

    // Task StopAsync(CancellationToken token), ValueTask DisposeAsync()
    private static IMethodSymbol? MethodIn(INamedTypeSymbol type, string name, FixContext fix) =>
        type.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method =>
        method is { IsStatic: false, IsAbstract: false, DeclaringSyntaxReferences.Length: 1 }
        && (method.Parameters.Length == 0 || (method.Parameters.Length == 1 && fix.Guard.Tokens.IsToken(method.Parameters[0].Type)))
        && fix.Guard.Awaitables.ResultOf(method.ReturnType)?.SpecialType == SpecialType.System_Void);

    // Task.CompletedTask, ValueTask.CompletedTask, default, new ValueTask()
    private static bool IsCompleted(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax access => TaskMembers.CompletedTask.IsNamed(access.Name.Identifier.ValueText),
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        DefaultExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } => true,
        _ => false,
    };
}

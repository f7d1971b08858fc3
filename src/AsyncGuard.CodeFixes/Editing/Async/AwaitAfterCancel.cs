using System;
using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Editing.Async;

/// <summary>Awaits tasks after the statement that cancels them, and passes over the cancellation that it sent.</summary>
internal sealed class AwaitAfterCancel
{
    private readonly ExpressionStatementSyntax _statement;
    private readonly string _source;
    private readonly string _awaited;
    private readonly string? _nullable;
    private readonly AsyncSignature _signature;

    private AwaitAfterCancel(ExpressionStatementSyntax statement, string source, string awaited, string? nullable, AsyncSignature signature)
    {
        _statement = statement;
        _source = source;
        _awaited = awaited;
        _nullable = nullable;
        _signature = signature;
    }

    /// <summary>How the tasks are awaited; null where no statement can follow, or the function cannot await.</summary>
    public static AwaitAfterCancel? For(ExpressionSyntax cancel, IReadOnlyList<ISymbol> tasks, FixContext fix)
    {
        if (cancel.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax
            {
                Parent: BlockSyntax or SwitchSectionSyntax
            or GlobalStatementSyntax
            } statement)
            return null;
        if (fix.OperationOf(statement) is not { } place
            || CodeContext.Of(place, fix.MemberOf(statement), fix.Guard).Obstacle != AwaitObstacle.None || !Awaiting.IsLegalAt(place))
            return null;
        if (AcquireScope.IsHeldAt(place) || WorkThatStops.Is(tasks, statement, fix)) return null;
        if (SourceIn(cancel) is not { } source || AsyncSignature.For(statement, fix) is not { } signature) return null;

        var mayBeNull = tasks.Any(task => MayBeNull(task, fix));
        if (tasks.Count > 1 && (mayBeNull || !tasks.All(task => fix.Guard.Awaitables.IsTask(TypeOf(task))))) return null;
        var name = tasks.Count == 1 ? NameOf(tasks[0]) : null;
        var whole = name is null ? $"Task.WhenAll({string.Join(", ", tasks.Select(NameOf))})"
            : fix.Guard.Awaitables.IsAwaitable(TypeOf(tasks[0])) ? name : TypeOf(tasks[0]).GetMembers("Values").IsEmpty
            ? $"Task.WhenAll({name})" : $"Task.WhenAll({name}.Values)";
        if (Awaiting.UsesConfigureAwait(statement, fix, fix.Guard.Types.Task)) whole += ".ConfigureAwait(false)";
        return new AwaitAfterCancel(statement, source, whole, mayBeNull ? name : null, signature);
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Recheck(_statement);
        edits.Replace(StatementList.ListOf(_statement)!, list => StatementList.WithAfter(list, list.GetCurrentNode(_statement)!, Written));
        _signature.Record(edits);
        KnownImports.Add(fix.Guard.Types.OperationCanceledException, edits, _statement, fix);
        if (_awaited.StartsWith("Task.", StringComparison.Ordinal)) KnownImports.AddTask(edits, _statement, fix);
    }

    private string[] Written =>
        _nullable is null ? Attempt.ToArray() : [$"if ({_nullable} != null)", "{", .. Attempt.Select(line => "\t" + line), "}"];

    private IEnumerable<string> Attempt =>
        ["try", "{", $"\tawait {_awaited};", "}", $"catch (OperationCanceledException) when ({_source})", "{", "}"];

    // cts.Cancel(), await cts.CancelAsync(), _cts?.Cancel()
    private static string? SourceIn(ExpressionSyntax cancel) => cancel switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source } } =>
            $"{source.WithoutTrivia()}.IsCancellationRequested",
        ConditionalAccessExpressionSyntax { Expression: var source, WhenNotNull: InvocationExpressionSyntax } =>
            $"{source.WithoutTrivia()}?.IsCancellationRequested == true",
        _ => null,
    };

    private static bool MayBeNull(ISymbol task, FixContext fix)
    {
        if (!TypeOf(task).IsReferenceType) return false;
        return task switch
        {
            IFieldSymbol field => field.NullableAnnotation != NullableAnnotation.NotAnnotated,
            ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } declarations }
                when declarations[0].GetSyntax(fix.CancellationToken) is VariableDeclaratorSyntax
                {
                    Parent: VariableDeclarationSyntax { Type: var type }
                } declarator =>
                type is NullableTypeSyntax || declarator.Initializer is { Value: LiteralExpressionSyntax or DefaultExpressionSyntax },
            _ => true,
        };
    }

    private static string NameOf(ISymbol task) => SyntaxFacts.GetKeywordKind(task.Name) == SyntaxKind.None ? task.Name : "@" + task.Name;

    private static ITypeSymbol TypeOf(ISymbol task) => task is IFieldSymbol field ? field.Type : ((ILocalSymbol)task).Type;
}

using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Tokens;
using AsyncGuard.Analysis.Tokens.Interruption;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Offloading;

/// <summary>Moves an expression to the thread pool and keeps its value: <c>X()</c> → <c>await Task.Run(() => X(), token)</c>.</summary>
internal sealed class Offload
{
    private readonly ExpressionSyntax _node;
    private readonly TokenWay _token;
    private readonly TypeSyntax? _createdType;
    private readonly AsyncSignature _signature;
    private readonly bool _configureAwait;

    private Offload(ExpressionSyntax node, TokenWay token, TypeSyntax? createdType, AsyncSignature signature, bool configureAwait)
    {
        _node = node;
        _token = token;
        _createdType = createdType;
        _signature = signature;
        _configureAwait = configureAwait;
    }

    /// <summary>
    /// The expression to move for a reported call. What an iterator does, it does in the loop; what is assigned moves with its value; a
    /// variable is only where a conversion stands unseen.
    /// </summary>
    public static ExpressionSyntax? NodeAt(FixContext fix) => fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() switch
    {
        { Parent: CommonForEachStatementSyntax loop } node when loop.Expression == node => null,
        { Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment } node when assignment.Left == node =>
            assignment,
        { Parent: ConditionalAccessExpressionSyntax { Parent: not ConditionalAccessExpressionSyntax } access } node
            when access.WhenNotNull == node => access,
        { } node when fix.OperationOf(node) is IMethodReferenceOperation or IEventAssignmentOperation or ILocalReferenceOperation
            or IParameterReferenceOperation or null => null,
        var node => node,
    };

    /// <summary>The plans that move the expression; none where it cannot.</summary>
    public static IEnumerable<FixPlan> Plans(ExpressionSyntax node, string title, string key, string keyOfShared, FixContext fix)
    {
        if (!CanMove(node, fix)) return [];
        var isShared = fix.OperationOf(node) is { } operation && ThreadBoundObject.IsUsedIn(operation, fix.Guard);
        return For(node, fix).Select(offload => new FixPlan(title, isShared ? keyOfShared : key, all => offload.Record(all, fix)));
    }

    /// <summary>
    /// Whether the expression can move. Not where its value is a task: <c>Task.Run(() => tasks.Take())</c> waits for that task too, and
    /// gives its result.
    /// </summary>
    public static bool CanMove(ExpressionSyntax node, FixContext fix) =>
        fix.OperationOf(node) is { } operation && CanMove(node, operation) && Awaiting.IsLegalAt(operation)
        && !fix.Guard.Awaitables.IsTask(operation.Type)
        && !ReplayedCode.Surrounds(node, fix) && !FlowingState.IsLeftBy([operation], fix.Guard)
        && !ThreadStateAcross.IsReadIn(operation, fix.Guard) && !SyncOnlyFunction.UsesObjectOfThread(operation)
        && AsyncSignature.For(node, fix) is not null;

    private static IEnumerable<Offload> For(ExpressionSyntax node, FixContext fix)
    {
        var operation = fix.OperationOf(node)!;
        var signature = AsyncSignature.For(node, fix)!;
        var createdType = node is ImplicitObjectCreationExpressionSyntax && operation.Type is { } type
            ? ParseTypeName(type.ToMinimalDisplayString(fix.Model, node.SpanStart)) : null;
        var configureAwait = Awaiting.UsesConfigureAwait(node, fix, fix.Guard.Types.Task);
        // task.RunSynchronously(), barrier.SignalAndWait(): with a token that is cancelled already, others would wait without an end
        var refuses = (operation is IInvocationOperation call && (RefusedToken.Is(call, fix.Guard) || WaitsForToken(call, fix.Guard)))
            || Finish.IsIn(operation, fix.Guard);
        foreach (var way in TokenWay.At(operation, fix, canDoWithout: true))
        {
            if (way.Token is null || !refuses) yield return new Offload(node, way, createdType, signature, configureAwait);
        }
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_node, current => MovedCode.Holds(current) ? current
            : Awaiting.InPlaceOf((ExpressionSyntax)current, Write((ExpressionSyntax)current), _configureAwait));
        _signature.Record(edits);
        _token.Record(edits, fix);
        KnownImports.AddTask(edits, _node, fix);
    }

    // token.WaitHandle.WaitOne(1000), WaitHandle.WaitAny(new[] { token.WaitHandle, changed }): that it is cancelled is an answer
    private static bool WaitsForToken(IInvocationOperation call, GuardContext guard) =>
        call.Descendants().Any(CancellationMembers.WaitHandle.IsUse);

    // a?.X() stands on a receiver that is not part of it; out and ref arguments and awaits cannot move into a lambda.
    private static bool CanMove(ExpressionSyntax node, IOperation operation)
    {
        if (NullConditional.IsOnMember(node) || PatternMember.Is(node)) return false;
        if (node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node) return false;
        if (operation.Type is { IsRefLikeType: true } or IPointerTypeSymbol) return false;
        foreach (var inner in operation.DescendantsAndSelf())
        {
            switch (inner)
            {
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
                case IDeclarationExpressionOperation or IDeclarationPatternOperation or IAwaitOperation:
                    return false;
            }
        }

        return true;
    }

    private ExpressionSyntax Write(ExpressionSyntax current)
    {
        if (_createdType is not null && current is ImplicitObjectCreationExpressionSyntax implicitly)
        {
            var arguments = implicitly.ArgumentList;
            current = ObjectCreationExpression(Token(SyntaxKind.NewKeyword).WithTrailingTrivia(Space), _createdType, arguments,
                implicitly.Initializer);
        }

        var lambda = ParenthesizedLambdaExpression(ParameterList().WithTrailingTrivia(Space), current.WithoutTrivia())
            .WithArrowToken(Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(Space)).WithAdditionalAnnotations(MovedCode.Mark);
        var list = ArgumentList(SingletonSeparatedList(Argument(lambda)));
        if (_token.Token is { } token) list = ArgumentLists.Append(list, Argument(ParseExpression(token)));
        return InvocationExpression(ParseExpression("Task.Run"), list);
    }
}

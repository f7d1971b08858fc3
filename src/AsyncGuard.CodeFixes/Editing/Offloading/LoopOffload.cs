using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Awaitables;
using AsyncGuard.Analysis.Tokens.Interruption;
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

/// <summary>
/// Moves a loop to the thread pool. What it computes comes back as the result:
/// <code>for (…) sum += …;  → sum = await Task.Run(() => { for (…) sum += …; return sum; }, token);</code>
/// </summary>
internal sealed class LoopOffload
{
    private readonly StatementSyntax _loop;
    private readonly TokenWay _token;
    private readonly IReadOnlyList<string> _results;
    private readonly AsyncSignature _signature;
    private readonly bool _configureAwait;

    private LoopOffload(StatementSyntax loop, TokenWay token, IReadOnlyList<string> results, AsyncSignature signature, bool configureAwait)
    {
        _loop = loop;
        _token = token;
        _results = results;
        _signature = signature;
        _configureAwait = configureAwait;
    }

    /// <summary>The ways in which the loop moves, best first; none where it cannot.</summary>
    public static IEnumerable<LoopOffload> For(StatementSyntax loop, FixContext fix)
    {
        if (fix.OperationOf(loop) is not ILoopOperation operation || !CanMove(loop, operation) || !Awaiting.IsLegalAt(operation))
            yield break;
        if (ReplayedCode.Surrounds(loop, fix) || FlowingState.IsLeftBy([operation], fix.Guard)
            || ThreadStateAcross.IsReadIn(operation, fix.Guard) || SyncOnlyFunction.UsesObjectOfThread(operation))
            yield break;
        if (AsyncSignature.For(loop, fix) is not { } signature || ResultsOf(loop, fix) is not { } results) yield break;
        var configureAwait = Awaiting.UsesConfigureAwait(loop, fix, fix.Guard.Types.Task);
        var refuses = Finish.IsIn(operation, fix.Guard);
        foreach (var way in TokenWay.At(operation, fix, canDoWithout: true))
        {
            if (way.Token is null || !refuses) yield return new LoopOffload(loop, way, results, signature, configureAwait);
        }
    }

    public void Record(FixEdits all, FixContext fix)
    {
        var edits = all.In(fix.Document.Id);
        edits.Replace(_loop, current => MovedCode.Holds(current) ? current : Write((StatementSyntax)current));
        _signature.Record(edits);
        _token.Record(edits, fix);
        KnownImports.AddTask(edits, _loop, fix);
    }

    // return, goto and break to the outside do not lead out of a lambda
    private static bool CanMove(StatementSyntax loop, ILoopOperation operation)
    {
        if (loop.ContainsDirectives || loop.Parent is LabeledStatementSyntax) return false;
        foreach (var inner in Own(operation))
        {
            switch (inner)
            {
                case IReturnOperation or IBranchOperation { BranchKind: BranchKind.GoTo } or ILabeledOperation or IAwaitOperation:
                case ILocalReferenceOperation
                {
                    Local: { IsRef: true } or { Type.IsRefLikeType: true }
                    or { Type.TypeKind: TypeKind.Pointer }
                }:
                case IParameterReferenceOperation { Parameter: { RefKind: not RefKind.None } or { Type.IsRefLikeType: true } }:
                    return false;
            }
        }

        return !loop.DescendantNodes()
            .Any(node => node is UnsafeStatementSyntax or FixedStatementSyntax or StackAllocArrayCreationExpressionSyntax
            or ImplicitStackAllocArrayCreationExpressionSyntax);
    }

    private static IEnumerable<IOperation> Own(IOperation code)
    {
        foreach (var child in code.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            yield return child;
            foreach (var inner in Own(child)) yield return inner;
        }
    }

    /// <summary>
    /// The variables that the loop hands on: the only one, or all where one of them has no value before. Otherwise the lambda writes them
    /// itself. Null where it is unknown.
    /// </summary>
    private static IReadOnlyList<string>? ResultsOf(StatementSyntax loop, FixContext fix)
    {
        if (fix.Model.AnalyzeDataFlow(loop) is not { Succeeded: true } flow) return null;
        var written =
            flow.DataFlowsOut.Where(variable => flow.WrittenInside.Contains(variable) && !flow.VariablesDeclared.Contains(variable))
            .ToList();
        if (written.Any(variable => TypeOf(variable) is not { } type || fix.Guard.Awaitables.IsAwaitable(type))) return null;
        var isNew = written.Any(variable => flow.DefinitelyAssignedOnExit.Contains(variable)
            && !flow.DefinitelyAssignedOnEntry.Contains(variable));
        return written.Count == 1 || isNew
            ? written.Select(
            variable => variable.ToMinimalDisplayString(fix.Model, loop.SpanStart,
                SymbolDisplayFormat.MinimallyQualifiedFormat.WithLocalOptions(SymbolDisplayLocalOptions.None)
                    .WithParameterOptions(SymbolDisplayParameterOptions.IncludeName))).ToList() : [];
    }

    private static ITypeSymbol? TypeOf(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    private StatementSyntax Write(StatementSyntax current)
    {
        var indentation = TriviaList(current.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        var unit = Whitespace(Indents.StepOf(current));
        var lineEnd = current.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (lineEnd == default) lineEnd = EndOfLine("\n");

        // A comment at the end of the line stays beside the loop.
        var trailing = current.GetTrailingTrivia();
        var isWhole = trailing.Any(SyntaxKind.EndOfLineTrivia);
        var statements =
            new List<StatementSyntax> { Deeper(current, indentation, unit).WithTrailingTrivia(isWhole ? trailing : TriviaList(lineEnd)) };
        if (_results.Count > 0)
        {
            var result =
                ReturnStatement(Token(indentation.Insert(0, unit), SyntaxKind.ReturnKeyword, TriviaList(Space)), ParseExpression(Results),
                Token(TriviaList(), SyntaxKind.SemicolonToken, TriviaList(lineEnd)));
            statements.Add(result);
        }

        var block = Block(
            Token(indentation, SyntaxKind.OpenBraceToken, TriviaList(lineEnd)),
            List(statements),
            Token(indentation, SyntaxKind.CloseBraceToken, TriviaList()));
        var lambda = ParenthesizedLambdaExpression(ParameterList().WithTrailingTrivia(Space), block)
            .WithArrowToken(Token(TriviaList(), SyntaxKind.EqualsGreaterThanToken, TriviaList(lineEnd)))
            .WithAdditionalAnnotations(MovedCode.Mark);
        var list = ArgumentList(SingletonSeparatedList(Argument(lambda)));
        if (_token.Token is { } token)
            list = list.AddArguments(Argument(ParseExpression(token)))
                .WithArguments(SeparatedList(new[] { Argument(lambda), Argument(ParseExpression(token)) },
                [Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space))]));

        var place = ParseExpression("place");
        var awaited = Awaiting.InPlaceOf(place, InvocationExpression(ParseExpression("Task.Run"), list), _configureAwait);
        if (_results.Count > 0)
            awaited = AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, ParseExpression(Results).WithTrailingTrivia(Space),
                Token(TriviaList(), SyntaxKind.EqualsToken, TriviaList(Space)), awaited);
        return ExpressionStatement(awaited).WithLeadingTrivia(current.GetLeadingTrivia())
            .WithTrailingTrivia(isWhole ? TriviaList(lineEnd) : trailing);
    }

    private string Results => _results.Count == 1 ? _results[0] : "(" + string.Join(", ", _results) + ")";

    // One step to the right, line by line; what stands above the loop stays there.
    private static StatementSyntax Deeper(StatementSyntax loop, SyntaxTriviaList indentation, SyntaxTrivia unit)
    {
        var first = loop.GetFirstToken();
        return loop.ReplaceTokens(loop.DescendantTokens(), (original, token) =>
            original == first ? token.WithLeadingTrivia(indentation.Insert(0, unit))
            : original.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? token.WithLeadingTrivia(Deeper(token.LeadingTrivia, unit))
            : token);
    }

    private static SyntaxTriviaList Deeper(SyntaxTriviaList trivia, SyntaxTrivia unit)
    {
        var moved = new List<SyntaxTrivia>();
        var isLineStart = true;
        foreach (var one in trivia)
        {
            if (isLineStart && !one.IsKind(SyntaxKind.EndOfLineTrivia)) moved.Add(unit);
            moved.Add(one);
            isLineStart = one.IsKind(SyntaxKind.EndOfLineTrivia);
        }

        if (isLineStart) moved.Add(unit);
        return TriviaList(moved);
    }
}

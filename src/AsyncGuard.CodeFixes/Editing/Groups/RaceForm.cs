using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using AsyncGuard.Editing.Async;
using AsyncGuard.Editing.Syntax;
using AsyncGuard.Editing.Tokens;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Editing.Groups;

/// <summary>
/// A race whose winner's result is all that is asked for: <c>await await Task.WhenAny(FirstAsync(), SecondAsync())</c>, also with names for
/// the tasks and the winner. It becomes <c>await TaskGroup.RaceAsync(…)</c>, which cancels the losers and waits for them; so each contender
/// has to take a token.
/// </summary>
internal sealed class RaceForm
{
    private readonly FixContext _fix;
    private readonly InvocationExpressionSyntax _race;
    private readonly ITypeSymbol _result;
    private readonly List<ExpressionSyntax> _awaited = new();
    private readonly List<ChildStart> _contenders = new();
    private readonly List<StatementSyntax> _needless = new();
    private readonly string? _token;
    private ExpressionSyntax _whole;
    private LambdaExpressionSyntax? _selector;

    private RaceForm(InvocationExpressionSyntax race, ITypeSymbol result, string? token, FixContext fix)
    {
        _race = race;
        _result = result;
        _token = token;
        _fix = fix;
        _whole = race;
    }

    public static RaceForm? Of(InvocationExpressionSyntax race, FixContext fix)
    {
        if (fix.Guard.Types.TaskGroup?.GetMembers("RaceAsync").IsEmpty != false || fix.OperationOf(race) is not { } operation) return null;
        if (fix.Model.GetTypeInfo(race, fix.CancellationToken).Type is not INamedTypeSymbol { TypeArguments: { Length: 1 } outer }
            || outer[0] is not INamedTypeSymbol { TypeArguments: { Length: 1 } inner })
            return null;
        var form = new RaceForm(race, inner[0], TokenWay.TokenAt(operation, fix), fix);
        return form.ReadWinner() && form.ReadContenders() ? form : null;
    }

    public void Record(DocumentEdits edits)
    {
        var configureAwait = Awaiting.UsesConfigureAwait(_race, _fix, _fix.Guard.Types.Task);
        var race = Written();
        edits.Replace(_whole, current => Awaiting.InPlaceOf((ExpressionSyntax)current, race, configureAwait));
        foreach (var winner in _awaited) edits.Replace(winner, current => NameIn(winner).WithTriviaFrom(current));
        foreach (var statement in _needless) edits.ReplaceByMany(statement, static _ => []);
        KnownImports.Add(_fix.Guard.Types.TaskGroup, edits, _race, _fix);
    }

    // await await …, (await …).Result is left alone; var winner = await …; Use(await winner);
    private bool ReadWinner()
    {
        if (AwaitAround(_race) is not { } first) return false;
        if (AwaitAround(Unwrapped.ParenthesesAround(first)) is { } second)
        {
            _whole = second;
            return true;
        }

        _whole = first;
        if (first.Parent is not EqualsValueClauseSyntax
            {
                Parent: VariableDeclaratorSyntax
                {
                    Identifier: var winner,
                    Parent: VariableDeclarationSyntax { Type.IsVar: true, Variables.Count: 1 }
                } declarator
            })
            return false;
        if (_fix.Model.GetDeclaredSymbol(declarator, _fix.CancellationToken) is not { } local) return false;
        foreach (var use in Uses(local, winner.ValueText))
        {
            if (AwaitAround(use) is not { } awaited) return false;
            _awaited.Add(awaited);
        }

        return _awaited.Count > 0;
    }

    private bool ReadContenders()
    {
        var arguments = _race.ArgumentList.Arguments;
        if (arguments.Count == 1 && ReadSelector(arguments[0].Expression)) return true;
        IEnumerable<ExpressionSyntax>? tasks = arguments.Count > 1 ? arguments.Select(argument => argument.Expression)
            : arguments[0].Expression switch
            {
                ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions,
                ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions,
                _ => null,
            };
        if (tasks is null) return false;
        foreach (var task in tasks)
        {
            if (CallOf(task) is not { } call || !AddContender(call)) return false;
        }

        return _contenders.Count > 1 && AreDeclaredRightBefore();
    }

    // Task.WhenAny(urls.Select(url => LoadAsync(url)))
    private bool ReadSelector(ExpressionSyntax tasks)
    {
        if (tasks is not InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var name } },
                ArgumentList.Arguments: { Count: 1 } arguments
            } select || !SequenceMembers.Select.IsNamed(name))
            return false;
        if (_fix.Model.GetSymbolInfo(select, _fix.CancellationToken).Symbol is not IMethodSymbol { ReducedFrom: { } method }
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, _fix.Guard.Types.Enumerable))
            return false;
        if (arguments[0].Expression is not SimpleLambdaExpressionSyntax
            {
                AsyncKeyword.RawKind: 0,
                ExpressionBody: InvocationExpressionSyntax start
            } selector)
            return false;
        _selector = selector;
        return AddContender(start);
    }

    // A contender without a token would be waited for to its end, although another has won.
    private bool AddContender(ExpressionSyntax call)
    {
        if (ChildStart.For(call, _token, _fix) is not { IsTask: true, TakesToken: true } contender
            || !SymbolEqualityComparer.Default.Equals(_fix.Model.GetTypeInfo(call, _fix.CancellationToken).Type, TaskOfResult()))
            return false;
        _contenders.Add(contender);
        return true;
    }

    private ExpressionSyntax? CallOf(ExpressionSyntax task)
    {
        if (task is not IdentifierNameSyntax name) return task;
        if (_fix.Model.GetSymbolInfo(name,
            _fix.CancellationToken).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references } local)
            return null;
        if (references[0].GetSyntax(_fix.CancellationToken) is not VariableDeclaratorSyntax
            {
                Initializer.Value: var start,
                Parent: VariableDeclarationSyntax
                {
                    Variables.Count: 1,
                    Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration
                }
            })
            return null;
        if (UnwrapUsing.HasComment(declaration) || Uses(local, local.Name).Count() != 1) return null;
        _needless.Add(declaration);
        return start;
    }

    // What stands between a start and the race would run earlier than it does.
    private bool AreDeclaredRightBefore()
    {
        if (_needless.Count == 0) return true;
        if (StatementList.StatementAround(_race) is not { } race || StatementList.ListOf(race) is not { } list) return false;
        var before = StatementList.In(list).TakeWhile(statement => statement != race).Reverse().Take(_needless.Count).ToList();
        return before.Count == _needless.Count && _needless.All(before.Contains);
    }

    private ExpressionSyntax Written()
    {
        ExpressionSyntax contenders = _selector is null ? Listed() : Selected();
        var list = ArgumentList(SingletonSeparatedList(Argument(contenders)));
        if (_token is not null)
            list = ArgumentLists.Append(list,
                Argument(ParseExpression(_token)).WithNameColon(NameColon(IdentifierName("cancellationToken")).WithTrailingTrivia(Space)));
        return InvocationExpression(ParseExpression("TaskGroup.RaceAsync"), list);
    }

    // new Func<CancellationToken, Task<int>>[] { ct => FirstAsync(ct), ct => SecondAsync(ct) }
    private ExpressionSyntax Listed()
    {
        var written = string.Join(", ", _contenders.Select(contender => contender.WriteChild(contender.Node).ToString()));
        return ParseExpression($"new {Delegate(_race)}[] {{ {written} }}");
    }

    // urls.Select<string, Func<CancellationToken, Task<int>>>(url => ct => LoadAsync(url, ct))
    private ExpressionSyntax Selected()
    {
        var select = (InvocationExpressionSyntax)_race.ArgumentList.Arguments[0].Expression;
        var access = (MemberAccessExpressionSyntax)select.Expression;
        var item = ((IMethodSymbol)_fix.Model.GetSymbolInfo(select,
            _fix.CancellationToken).Symbol!).TypeArguments[0].ToMinimalDisplayString(_fix.Model, select.SpanStart);
        var child = _contenders[0];
        return select.WithoutTrivia()
            .WithExpression(access.WithName((SimpleNameSyntax)ParseName($"Select<{item}, {Delegate(select)}>")).WithoutTrivia())
            .WithArgumentList(
            ArgumentList(SingletonSeparatedList(Argument(_selector!.WithBody(child.WriteChild(child.Node)).WithoutTrivia()))));
    }

    private string Delegate(SyntaxNode place) =>
        _fix.Guard.Types.FuncOfTwo!.Construct(_fix.Guard.Types.CancellationToken!, TaskOfResult())
        .ToMinimalDisplayString(_fix.Model, place.SpanStart);

    private INamedTypeSymbol TaskOfResult() => _fix.Guard.Types.TaskOfT!.Construct(_result);

    private IEnumerable<IdentifierNameSyntax> Uses(ISymbol local, string name) =>
        (_race.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? _fix.Root).DescendantNodes()
        .OfType<IdentifierNameSyntax>()
            .Where(use => use.Identifier.ValueText == name
            && SymbolEqualityComparer.Default.Equals(_fix.Model.GetSymbolInfo(use, _fix.CancellationToken).Symbol, local));

    private static ExpressionSyntax NameIn(ExpressionSyntax awaited) =>
        awaited.DescendantNodes().OfType<IdentifierNameSyntax>().First().WithoutTrivia();

    // await x, await x.ConfigureAwait(false)
    private static AwaitExpressionSyntax? AwaitAround(ExpressionSyntax awaited) =>
        ConfiguredTask.Around(awaited).Parent as AwaitExpressionSyntax;
}

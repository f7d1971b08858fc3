using System;
using System.Collections.Generic;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Lifetimes;

/// <summary>
/// A response whose body has not been read when it arrives, kept in a local: its connection stays taken until it is disposed, or read to
/// its end.
/// </summary>
internal sealed class OpenResponse
{
    private const int HeadersRead = 1;

    private readonly IOperation _place;
    private readonly ILocalSymbol? _local;
    private readonly GuardContext _guard;
    private readonly HashSet<SyntaxNode> _ends = new();

    private OpenResponse(IOperation place, ILocalSymbol? local, GuardContext guard)
    {
        _place = place;
        _local = local;
        _guard = guard;
    }

    /// <summary>
    /// Whether every use of the response leaves it to the function that asked for it, so that a <c>using</c> changes nothing else.
    /// </summary>
    public bool StaysHere { get; private set; } = true;

    /// <summary>
    /// The response that the call asks for with <c>ResponseHeadersRead</c>; null where the call is another, or something else owns what it
    /// gives.
    /// </summary>
    public static OpenResponse? Of(IInvocationOperation call, GuardContext guard)
    {
        if (!AsksForHeaders(call, guard) || HasNoBody(call, guard)) return null;
        var value = ResponseOf(call);
        switch (value.Parent)
        {
            // await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            case IExpressionStatementOperation:
            case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                return new OpenResponse(value, local: null, guard);

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }
                when declarator.Parent?.Parent?.Parent is not (IUsingOperation or IUsingDeclarationOperation):
                return With(declarator.Symbol, value, guard);
            case ISimpleAssignmentOperation
            {
                Target: ILocalReferenceOperation { Local: var local },
                Parent: IExpressionStatementOperation
            } assignment:
                return With(local, assignment, guard);
            default:
                return null;
        }
    }

    /// <summary>Whether some path ends with the response still open. Exceptions do not count.</summary>
    public bool IsLeft(Func<ControlFlowGraph> outermost)
    {
        if (_local is null) return true;
        return FlowGraphs.Inner(FlowGraphs.FunctionsAround(_place), outermost()) is { } graph
            && new PathToExit(graph, _ends).LeadsFrom(_place.Syntax);
    }

    private static bool AsksForHeaders(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Type is not { TypeKind: TypeKind.Enum } type
                || !SymbolEqualityComparer.Default.Equals(type, guard.Types.HttpCompletionOption))
                continue;
            return argument.Value.ConstantValue is { HasValue: true, Value: HeadersRead }
                && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, guard.Types.HttpClient);
        }

        return false;
    }

    // client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), …): there is no body to wait for
    private static bool HasNoBody(IInvocationOperation call, GuardContext guard)
    {
        if (call.Arguments.Length == 0) return false;
        var request = Unwrapped.Conversions(call.Arguments[0].Value);
        if (request is not ILocalReferenceOperation { Local: var local }) return AsksForHead(request);
        if (AsksForHead(InitialValue.Of(request, guard))) return true;

        // request.Method = HttpMethod.Head;
        foreach (var operation in FlowGraphs.RootOf(call).Descendants())
        {
            if (operation is ISimpleAssignmentOperation
                {
                    Target: IPropertyReferenceOperation
                    {
                        Property: var property,
                        Instance: ILocalReferenceOperation { Local: var changed }
                    }
                } assignment
                && SymbolEqualityComparer.Default.Equals(changed, local))
                return IsHead(assignment.Value);
        }

        return false;
    }

    // new HttpRequestMessage(HttpMethod.Head, url), new HttpRequestMessage { Method = HttpMethod.Head }
    private static bool AsksForHead(IOperation? request)
    {
        if (request is not IObjectCreationOperation created) return false;
        if (created.Arguments.Length > 0 && IsHead(created.Arguments[0].Value)) return true;
        if (created.Initializer is not { Initializers: var sets }) return false;
        foreach (var set in sets)
        {
            if (set is ISimpleAssignmentOperation { Target: var target, Value: var method } && PlatformMembers.RequestMethod.IsUse(target)
                && IsHead(method))
                return true;
        }

        return false;
    }

    private static bool IsHead(IOperation method) => PlatformMembers.HeadMethod.IsUse(Unwrapped.Conversions(method));

    // (await client.GetAsync(…).ConfigureAwait(false)).EnsureSuccessStatusCode()
    private static IOperation ResponseOf(IOperation call)
    {
        var value = call;
        while (value.Parent is IAwaitOperation or IConversionOperation
            or IInvocationOperation
            {
                TargetMethod.Name: WellKnownMember.ConfigureAwait or WellKnownMember.GetAwaiter or WellKnownMember.GetResult
            } || PlatformMembers.EnsureSuccess.IsUse(value.Parent) || TaskMembers.Result.IsUse(value.Parent))
            value = value.Parent!;
        return value;
    }

    private static OpenResponse? With(ILocalSymbol local, IOperation place, GuardContext guard)
    {
        if (!SymbolEqualityComparer.Default.Equals(local.Type, guard.Types.HttpResponseMessage)) return null;
        var response = new OpenResponse(place, local, guard);
        var function = FlowGraphs.FunctionAround(place);
        foreach (var operation in FlowGraphs.RootOf(place).Descendants())
        {
            if (operation is not ILocalReferenceOperation { Local: var used } reference
                || !SymbolEqualityComparer.Default.Equals(used, local))
                continue;
            if (!ReferenceEquals(FlowGraphs.FunctionAround(reference), function)) return null;
            response.Read(reference);
        }

        return response;
    }

    private void Read(ILocalReferenceOperation reference)
    {
        var value = Unwrapped.ConversionsAround(reference);
        switch (value.Parent)
        {
            // response == null, response = …
            case IBinaryOperation or IIsPatternOperation or IIsNullOperation:
            case ISimpleAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                return;

            case IPropertyReferenceOperation content when PlatformMembers.ResponseContent.Is(content.Property):
                ReadContent(content, reference);
                return;

            // response.StatusCode, response.Headers.Location
            case IPropertyReferenceOperation:
            case IInvocationOperation { Parent: IExpressionStatementOperation } checks
                when PlatformMembers.EnsureSuccess.Is(checks.TargetMethod):
            case IInvocationOperation { TargetMethod.Name: nameof(ToString) }:
                return;

            case IInvocationOperation { TargetMethod.Name: WellKnownMember.Dispose } call when ReferenceEquals(call.Instance, value):
            case IConditionalAccessOperation { WhenNotNull: IInvocationOperation { TargetMethod.Name: WellKnownMember.Dispose } }:
            case IUsingOperation:
                _ends.Add(reference.Syntax);
                StaysHere &= value.Parent is not IUsingOperation;
                return;

            default:
                _ends.Add(reference.Syntax);
                StaysHere = false;
                return;
        }
    }

    private void ReadContent(IOperation content, ILocalReferenceOperation reference)
    {
        switch (content.Parent)
        {
            // response.Content.Headers.ContentLength
            case IPropertyReferenceOperation:
            case IBinaryOperation or IIsPatternOperation:
                return;

            // A stream belongs to the code that holds it, and closes the response when it is closed.
            case IInvocationOperation call when ReferenceEquals(call.Instance, content) || call.TargetMethod.IsExtensionMethod:
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } }:
                _ends.Add(reference.Syntax);
                var read = content.Parent as IInvocationOperation ?? (IInvocationOperation)content.Parent.Parent!;
                StaysHere &= IsReadHere(read)
                    && (!PlatformMembers.ReadAsStream.Is(read.TargetMethod) || IsInUsing(read));
                return;

            default:
                _ends.Add(reference.Syntax);
                StaysHere = false;
                return;
        }
    }

    // await content.ReadAsStringAsync(), content.ReadAsStringAsync().Result; not return content.ReadAsStringAsync();
    private bool IsReadHere(IInvocationOperation read)
    {
        if (!_guard.Awaitables.IsTask(read.Type) && !_guard.Awaitables.IsValueTask(read.Type) && !_guard.Types.IsAsyncSequence(read.Type)
            && (read.Type is null || !Enumeration.IsSequence(read.Type, _guard)))
            return true;
        IOperation value = read;
        while (value.Parent is IConversionOperation or IArgumentOperation
            or IInvocationOperation { TargetMethod.Name: WellKnownMember.ConfigureAwait or WellKnownMember.GetAwaiter }
            || TaskMembers.WaitAsync.IsUse(value.Parent) || SequenceMembers.WithCancellation.IsUse(value.Parent))
            value = value.Parent!;
        return value.Parent is IAwaitOperation or IForEachLoopOperation
            or IInvocationOperation { TargetMethod.Name: WellKnownMember.GetResult }
            || TaskMembers.Wait.IsUse(value.Parent) || TaskMembers.Result.IsUse(value.Parent);
    }

    private static bool IsInUsing(IOperation stream)
    {
        for (var parent = stream.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IUsingDeclarationOperation
                || (parent is IUsingOperation use && use.Resources.Syntax.Span.Contains(stream.Syntax.Span)))
                return true;
            if (parent is IBlockOperation or IExpressionStatementOperation or IReturnOperation) return false;
        }

        return false;
    }
}

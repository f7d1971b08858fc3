using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Rules.Resources;

/// <summary>
/// AGD0504: a loop that receives from a <c>WebSocket</c> and takes each piece for a message, or does not see the other side close.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReceiveLoopAnalyzer() : GuardAnalyzer(RuleTable.ReceiveLoop)
{
    private protected override void Register(CompilationStartAnalysisContext start, GuardContext guard)
    {
        if (guard.Types.WebSocket is null) return;
        start.RegisterOperationAction(context => Check(context, guard), OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context, GuardContext guard)
    {
        var receive = (IInvocationOperation)context.Operation;
        if (!ReceiveLoop.IsReceive(receive, guard) || ReceiveLoop.Of(receive, guard) is not { } loop) return;
        var (ignoresEnd, ignoresClose) = (loop.IgnoresEndOfMessage(), loop.IgnoresClose());
        if (!ignoresEnd && !ignoresClose) return;

        context.Report(RuleTable.ReceiveLoop, receive.Syntax, (ignoresEnd, ignoresClose) switch
        {
            (true, true) =>
                "'EndOfMessage' nor for 'WebSocketMessageType.Close': a message longer than the buffer is treated as several, and the loop continues after the other side has closed",
            (true, false) => "'EndOfMessage': a message longer than the buffer is treated as several",
            _ => "'WebSocketMessageType.Close': it continues after the other side has closed, and the next call throws",
        });
    }
}

using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// A call that receives no token on purpose: it is deliberately not cancellable.
/// <code>gate.Wait(CancellationToken.None);</code>
/// </summary>
internal static class RefusedToken
{
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && guard.Tokens.IsToken(argument.Parameter?.Type)
                && (argument.Value is IDefaultValueOperation
                    or IConversionOperation { Operand: IDefaultValueOperation or ILiteralOperation }
                || CancellationMembers.None.IsUse(argument.Value)))
                return true;
        }

        return false;
    }
}

using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens;

/// <summary>
/// A call that is given no token on purpose: that it is not to be cancelled is what was meant.
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

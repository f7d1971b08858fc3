using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Cpu;

/// <summary>Whether code releases its thread now and then: it awaits, or yields an item to the code that enumerates it.</summary>
internal static class ThreadRelease
{
    /// <summary>What lambdas and local functions inside do does not count.</summary>
    public static bool IsIn(IOperation code)
    {
        switch (code)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation:
                return false;
            case IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true }
                or IUsingDeclarationOperation { IsAsynchronous: true } or IReturnOperation { Kind: OperationKind.YieldReturn }:
                return true;
        }

        foreach (var child in code.ChildOperations)
        {
            if (IsIn(child)) return true;
        }

        return false;
    }
}

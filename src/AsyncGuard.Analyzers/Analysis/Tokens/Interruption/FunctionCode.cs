using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Tokens.Interruption;

/// <summary>The code of a function itself.</summary>
internal static class FunctionCode
{
    /// <summary>What a statement does where it stands: a local function does nothing there.</summary>
    public static IEnumerable<IOperation> InPlace(IOperation statement) => statement is ILocalFunctionOperation ? [] : Own(statement);

    /// <summary>The operation and what it holds, in the order of the text, without the lambdas and local functions in it.</summary>
    public static IEnumerable<IOperation> Own(IOperation code)
    {
        yield return code;
        foreach (var child in code.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation) continue;
            foreach (var inner in Own(child)) yield return inner;
        }
    }
}

using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>The values that a local may have where it is read: of its declaration, and of each assignment that may run before.</summary>
internal static class AssignedValues
{
    /// <summary>
    /// The values, or null where one of them cannot be seen: a reference to the local is handed out, or it is deconstructed.
    /// </summary>
    public static IReadOnlyList<IOperation>? Of(ILocalReferenceOperation read)
    {
        var local = read.Local;
        if (read.SemanticModel is not { } model || local.DeclaringSyntaxReferences.Length != 1
            || local.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax declarator
            || declarator.SyntaxTree != model.SyntaxTree || declarator.Parent is not VariableDeclarationSyntax)
            return null;
        var values = new List<IOperation>();
        if (declarator.Initializer is { Value: var initial })
        {
            if (model.GetOperation(initial) is not { } first) return null;
            values.Add(first);
        }

        var root = FlowGraphs.RootOf(read);
        foreach (var operation in root.Descendants())
        {
            if (!VariableWrites.Is(operation, local)) continue;
            if (operation is not IAssignmentOperation { Target: ILocalReferenceOperation, Value: var value }) return null;
            if (!OnlyFollows(operation, read, root)) values.Add(value);
        }

        return values;
    }

    // s.Write(…); s = Compress(s);      not in a loop, and nothing jumps back
    private static bool OnlyFollows(IOperation assignment, IOperation read, IOperation root)
    {
        var isInside = assignment.Syntax.Span.Contains(read.Syntax.Span);
        if (!isInside && assignment.Syntax.SpanStart < read.Syntax.Span.End) return false;
        for (var parent = assignment.Parent; parent is not null && !ReferenceEquals(parent, root); parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation
                || (parent is ILoopOperation && parent.Syntax.Span.Contains(read.Syntax.Span)))
                return false;
        }

        return FlowGraphs.FunctionsAround(read).Count == 0 && !HasLabel(root);
    }

    private static bool HasLabel(IOperation root)
    {
        foreach (var operation in root.Descendants())
        {
            if (operation is ILabeledOperation) return true;
        }

        return false;
    }
}

using AsyncGuard.Analysis.Causes;
using AsyncGuard.Analysis.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AsyncGuard.Rules.Blocking;

/// <summary>How the rules for indirect calls look for them and report them.</summary>
internal static class IndirectCalls
{
    public static readonly OperationKind[] Kinds =
    [
        OperationKind.Invocation,
        OperationKind.PropertyReference,
        OperationKind.FieldReference,
        OperationKind.ObjectCreation,
        OperationKind.Binary,
        OperationKind.Unary,
        OperationKind.Increment,
        OperationKind.Decrement,
        OperationKind.CompoundAssignment,
        OperationKind.Conversion,
        OperationKind.EventAssignment,
        OperationKind.MethodReference,
        OperationKind.Loop,
        OperationKind.Using,
        OperationKind.UsingDeclaration,
        OperationKind.DeconstructionAssignment,
        OperationKind.RecursivePattern,
    ];

    public static void Report(this OperationAnalysisContext context, DiagnosticDescriptor rule, IndirectCall found, string advice)
    {
        var name = found.Call.Name;
        var path = found.Call.IsLeaf ? "it is marked so" : found.Path.PathFrom(name);
        var hint = found.Place.Obstacle == AwaitObstacle.None ? FixHints.None : FixHints.CannotAwait;
        var location = context.Operation.Syntax switch
        {
            UsingStatementSyntax use => use.UsingKeyword.GetLocation(),
            LocalDeclarationStatementSyntax use => use.UsingKeyword.GetLocation(),
            _ => found.Call.Place.GetLocation(),
        };
        context.Report(
            Diagnostic.Create(rule, location, found.Path.Hops(), hint, name, found.Place.Obstacle.Explain(), ": " + path, advice),
            context.Operation.Syntax);
    }
}

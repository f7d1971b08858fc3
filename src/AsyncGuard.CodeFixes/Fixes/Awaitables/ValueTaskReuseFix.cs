using System.Composition;
using System.Linq;
using AsyncGuard.Analysis.Code;
using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace AsyncGuard.Fixes.Awaitables;

/// <summary>
/// <c>var read = ReadAsync();</c> → <c>var read = ReadAsync().Preserve();</c>, which may be asked any number of times; also what is stored.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ValueTaskReuseFix() : GuardFix(RuleTable.ValueTaskReuse)
{
    private const string Key = "AGD0403.Preserve";

    private protected override FixPlan? Plan(FixContext fix)
    {
        if (fix.Node.FirstAncestorOrSelf<ExpressionSyntax>() is not { } node || fix.OperationOf(node) is not { } operation) return null;
        var values = operation is IInvocationOperation ? [node] : ValuesOf(operation);
        if (values.Length == 0) return null;

        return new FixPlan("Add '.Preserve()'", Key, all =>
        {
            var edits = all.In(fix.Document.Id);
            foreach (var value in values.Where(value => edits.IsFirst(value, Key)))
                edits.Replace(value,
                    static current =>
                        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression,
                        ((ExpressionSyntax)current).WithoutTrailingTrivia(), IdentifierName("Preserve")))
                        .WithTrailingTrivia(current.GetTrailingTrivia()));
        });
    }

    // What is assigned to the local: calls only, everywhere.
    private static ExpressionSyntax[] ValuesOf(IOperation use)
    {
        if (use is not ILocalReferenceOperation { Local: var local }) return [];
        var values = FlowGraphs.RootOf(use).Descendants().Select(operation => operation switch
        {
            IVariableDeclaratorOperation { Initializer.Value: var initial } declarator
                when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) => initial,
            ISimpleAssignmentOperation assignment when VariableWrites.Refers(assignment.Target, local) => assignment.Value,
            _ => null,
        }).Where(static value => value is not null).ToList();
        return values.All(static value => value is IInvocationOperation { Syntax: InvocationExpressionSyntax })
            ? [.. values.Select(static value => (ExpressionSyntax)value!.Syntax)] : [];
    }
}

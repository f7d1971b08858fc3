using AsyncGuard.Analysis.Code;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Analysis.Waiting;
using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// A property that blocks where it is read in async code, and that a method can be awaited in place of: <c>request.Form</c>.
/// </summary>
internal static class ReplaceableProperty
{
    public static bool Is(IPropertyReferenceOperation property, ISymbol? member, GuardContext guard, out string counterpart,
        out CodeContext place)
    {
        counterpart = "";
        place = default;
        if (!guard.Apis.Find(property.Property, ApiTraits.Blocks, out var entry) || entry.Answer is not { } answer
            || entry.Has(ApiTraits.Waits))
            return false;
        if (BoundForm.Is(property, guard)) return false;
        if (property.Property.ContainingType.GetMembers(answer).IsEmpty
            || property.Parent is ISimpleAssignmentOperation { Target: var target } && ReferenceEquals(target, property))
            return false;

        place = CodeContext.Of(property, member, guard);
        if (!place.IsAsync || SynchronousMode.Is(property, answer) || IsReadBefore(property, answer)) return false;
        counterpart = answer;
        return true;
    }

    // var form = await request.ReadFormAsync();  …  request.Form is kept since then
    private static bool IsReadBefore(IPropertyReferenceOperation property, string answer)
    {
        foreach (var operation in FlowGraphs.RootOf(property).Descendants())
        {
            if (operation is IInvocationOperation call && call.TargetMethod.Name == answer
                && call.Syntax.SpanStart < property.Syntax.SpanStart)
                return true;
        }

        return false;
    }
}

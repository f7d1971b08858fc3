using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>The form of a request in a controller or page: it has been read, asynchronously, to bind the parameters.</summary>
internal static class BoundForm
{
    /// <summary><code>class OrdersController : Controller { … Request.Form["id"] … }</code></summary>
    public static bool Is(IPropertyReferenceOperation property, GuardContext guard) =>
        guard.Apis.Has(property.Property, ApiTraits.BindsForm)
        && property.SemanticModel?.GetEnclosingSymbol(property.Syntax.SpanStart)?.ContainingType is { } type
        && guard.Apis.TypeHas(type, ApiTraits.BindsForm);
}

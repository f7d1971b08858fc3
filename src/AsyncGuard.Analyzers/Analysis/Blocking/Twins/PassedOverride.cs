using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Blocking.Twins;

/// <summary>
/// An override of the synchronous member that the awaitable one may not run:
/// <code>
/// class Shop : DbContext { public override int SaveChanges(bool all) { WriteAudit(); … } } // SaveChangesAsync writes none
/// </code>
/// The base classes of .NET lead their awaitable members to the synchronous ones.
/// </summary>
internal static class PassedOverride
{
    /// <summary>Whether the class of the receiver overrides what is called, and not its counterpart.</summary>
    public static bool Is(IInvocationOperation call, string counterpart)
    {
        for (var type = call.Instance?.Type; type is not null; type = type.BaseType)
        {
            if (!type.GetMembers(counterpart).IsEmpty) return false;
            foreach (var member in type.GetMembers(call.TargetMethod.Name))
            {
                if (member is IMethodSymbol { IsOverride: true } method) return !IsOfFramework(method);
            }
        }

        return false;
    }

    private static bool IsOfFramework(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden) method = overridden;
        return method.ContainingAssembly is { } assembly && FrameworkAssemblies.Have(assembly.Name);
    }
}

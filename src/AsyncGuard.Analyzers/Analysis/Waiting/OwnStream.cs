using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// A call inside a stream, reader or writer of the project to a member of its own that a base class of the framework implements, or that
/// is abstract there:
/// <code>
/// class Lines : TextReader { public override Task&lt;string?&gt; ReadLineAsync() => Task.FromResult(ReadLine()); }
/// </code>
/// Such a member does what the members of the class do that it calls, which is not known to block.
/// </summary>
internal static class OwnStream
{
    public static bool Is(IInvocationOperation call, GuardContext guard)
    {
        if (call.Instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }) return false;
        var method = call.TargetMethod;
        if (IsBase(method.ContainingType, guard)) return true;
        if (!method.IsAbstract || !method.IsOverride || !guard.IsOurs(method)) return false;
        for (var type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            if (IsBase(type, guard)) return true;
        }

        return false;
    }

    private static bool IsBase(INamedTypeSymbol type, GuardContext guard) =>
        SymbolEqualityComparer.Default.Equals(type, guard.Types.Stream)
        || SymbolEqualityComparer.Default.Equals(type, guard.Types.TextReader)
        || SymbolEqualityComparer.Default.Equals(type, guard.Types.TextWriter);
}

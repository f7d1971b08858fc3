using AsyncGuard.Cli.Auditing;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Cli.Commands;

internal static class FailOnSeverity
{
    public static bool IsReachedBy(this FailOn failOn, AuditResult result) => failOn switch
    {
        FailOn.Error => result.CountAtOrAbove(DiagnosticSeverity.Error) > 0,
        FailOn.Warning => result.CountAtOrAbove(DiagnosticSeverity.Warning) > 0,
        FailOn.Info => result.CountAtOrAbove(DiagnosticSeverity.Info) > 0,
        _ => false,
    };
}

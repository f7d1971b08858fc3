#if !ROSLYN_FLOOR
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class BlockingCallTests
{
    [Fact]
    public Task ExtensionBlock_IsNamedByItsClass() => Reports(
        """
        using System.IO;
        using System.Threading.Tasks;
        static class Archives
        {
            extension(Stream s)
            {
                public string Unpack() { using var r = new StreamReader(s); return r.ReadToEnd(); }
                public async Task<string> UnpackAsync() { using var r = new StreamReader(s); return await r.ReadToEndAsync(); }
                public static string Load(string path) => File.ReadAllText(path);
                public static Task<string> LoadAsync(string path) => File.ReadAllTextAsync(path);
            }
        }
        class C
        {
            async Task<string> M(Stream s) => {|#0:s.Unpack()|} + {|#1:Archives.Unpack(s)|} + {|#2:Stream.Load("p")|} + await Task.FromResult("");
        }
        """,
        RuleTestOptions.File with
        {
            Expected =
            [
                new DiagnosticResult("AGD0103", DiagnosticSeverity.Warning).WithLocation(0)
                    .WithMessage("'Archives.Unpack' blocks the thread in async code; await 'UnpackAsync'"),
                new DiagnosticResult("AGD0103", DiagnosticSeverity.Warning).WithLocation(1)
                    .WithMessage("'Archives.Unpack' blocks the thread in async code; await 'UnpackAsync'"),
                new DiagnosticResult("AGD0103", DiagnosticSeverity.Warning).WithLocation(2)
                    .WithMessage("'Archives.Load' blocks the thread in async code; await 'LoadAsync'"),
            ],
        });
}
#endif

using System.IO;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

/// <content>Queries of a library that cannot be restored here: its awaitable operators are found where the query is made by it.</content>
public sealed partial class BlockingCallTests
{
    private const string Library =
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        namespace NHibernate { public interface ISession { IQueryable<T> Query<T>(); } }
        namespace NHibernate.Linq
        {
            public static class LinqExtensionMethods
            {
                public static Task<List<T>> ToListAsync<T>(this IQueryable<T> source, CancellationToken token = default) => null;
                public static Task<T> FirstAsync<T>(this IQueryable<T> source, CancellationToken token = default) => null;
            }
        }
        """;

    [Theory]
    [InlineData("async Task M(NHibernate.ISession s) { var all = [|s.Query<string>().Where(x => x.Length > 1).ToList()|]; await Task.Yield(); }")]
    [InlineData("async Task M(NHibernate.ISession s) { var one = [|s.Query<string>().First()|]; await Task.Yield(); }")]
    public Task QueryOfALibrary_ThatIsRun_IsReported(string source) => Reports(source, FromLibrary());

    [Theory]
    [InlineData("async Task M(NHibernate.ISession s) { var query = s.Query<string>().Where(x => x.Length > 1); await Task.Yield(); }")]
    [InlineData("async Task M(NHibernate.ISession s) { var list = new List<string>().Where(x => x.Length > 1).ToList(); await Task.Yield(); }")]
    [InlineData("async Task M(NHibernate.ISession s) { var all = s.Query<string>().ToArray(); await Task.Yield(); }")]
    public Task QueryOfALibrary_ThatIsOnlyMade_OrHasNoSuchForm_IsSilent(string source) => Silent(source, FromLibrary());

    [Fact]
    public Task WriterThatIsSynchronized_IsSilent() =>
        Silent("async Task M(TextWriter w) { var s = TextWriter.Synchronized(w); s.Write(\"a\"); await Task.Yield(); }");

    private static RuleTestOptions FromLibrary()
    {
        var library = CSharpCompilation.Create("NHibernate", [CSharpSyntaxTree.ParseText(Library)],
            RuleTesting.ReferenceAssemblies.Get(ReferenceSet.Net100), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        return RuleTestOptions.Default with
        {
            ExtraReferences = [MetadataReference.CreateFromImage(image.ToArray(), filePath: "/packages/nhibernate/5.5.0/lib/NHibernate.dll")],
        };
    }
}

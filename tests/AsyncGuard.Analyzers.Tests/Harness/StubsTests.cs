using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class StubsTests : HarnessTest
{
    [Theory]
    [InlineData(Stubs.EntityFrameworkCore, "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.DbContext")]
    [InlineData(Stubs.Xunit, "xunit.core", "Xunit.Assert")]
    [InlineData(Stubs.NUnit, "nunit.framework", "NUnit.Framework.Assert")]
    [InlineData(Stubs.Moq, "Moq", "Moq.Mock`1")]
    [InlineData(Stubs.FluentValidation, "FluentValidation", "FluentValidation.IValidator`1")]
    [InlineData(Stubs.MicrosoftDataSqlite, "Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.SqliteConnection")]
    [InlineData(Stubs.AsyncGuardRuntime, "AsyncGuard.Runtime", "AsyncGuard.TaskGroup")]
    public void Stub_IsAnAssemblyWithTheRealName(string stub, string assemblyName, string typeName)
    {
        foreach (var references in new[] { ReferenceSet.Net100, ReferenceSet.Net80, ReferenceSet.AspNetCore })
        {
            var compilation = AnalyzerRun.Compile("", RuleTestOptions.Default with { Stubs = [stub], References = references });

            Assert.Equal(assemblyName, compilation.GetTypeByMetadataName(typeName)?.ContainingAssembly.Name);
        }
    }

    [Fact]
    public Task EntityFrameworkCore_InUse_Compiles() => With<EmptyCodeFixProvider>().SilentAsync(
        """
        async Task<List<string>> M(DbContext db, DbSet<string> set, IDbContextFactory<DbContext> factory, CancellationToken token)
        {
            await using var other = await factory.CreateDbContextAsync(token);
            _ = await set.FindAsync(1, 2) ?? await set.FindAsync(new object?[] { 1 }, token) ?? set.Find(1);
            await set.AddAsync("", token);
            await db.SaveChangesAsync(token);
            return await set.Where(item => item.Length > 1).ToListAsync(token);
        }
        """,
        RuleTestOptions.Default with { Stubs = [Stubs.EntityFrameworkCore], ExtraUsings = ["Microsoft.EntityFrameworkCore"] });

    [Fact]
    public Task Others_InUse_Compile() => With<EmptyCodeFixProvider>().SilentAsync(
        """
        async Task M(Moq.Mock<IDisposable> mock, FluentValidation.IValidator<string> validator, CancellationToken token)
        {
            mock.Verify(it => it.Dispose(), Moq.Times.Once);
            mock.Setup(it => it.Dispose());
            await validator.ValidateAsync("", token);
            await Xunit.Assert.ThrowsAsync<Exception>(() => Task.CompletedTask);
            Xunit.Assert.Throws<Exception>(() => mock.Object.Dispose());
            NUnit.Framework.Assert.That(() => Task.FromResult(1), NUnit.Framework.Is.EqualTo(1));
            await NUnit.Framework.Assert.ThatAsync(() => Task.FromResult(1), NUnit.Framework.Is.EqualTo(1));
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection("");
            await connection.OpenAsync(token);
            await AsyncGuard.TaskGroup.RunAsync(async group => await group.Start(child => Task.Delay(1, child)), token);
        }
        """,
        RuleTestOptions.Default with
        {
            Stubs = [Stubs.Moq, Stubs.FluentValidation, Stubs.Xunit, Stubs.NUnit, Stubs.MicrosoftDataSqlite, Stubs.AsyncGuardRuntime],
            References = ReferenceSet.Net100,
        });

    [Fact]
    public Task AsyncGuardRuntime_OnNetStandard_Compiles() => With<EmptyCodeFixProvider>().SilentAsync(
        "Task M() => AsyncGuard.TaskGroup.RunAsync(group => group.Start(token => Task.Delay(1, token)));",
        RuleTestOptions.Default with
        {
            Stubs = [Stubs.AsyncGuardRuntime],
            References = ReferenceSet.NetStandard20,
            LanguageVersion = LanguageVersion.CSharp7_3
        });
}

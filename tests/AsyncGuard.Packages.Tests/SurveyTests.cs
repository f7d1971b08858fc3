using System.Linq;
using AsyncGuard.Survey;
using Xunit;

namespace AsyncGuard.Packages.Tests;

/// <summary>What the survey tells of members whose behaviour has been seen by running them.</summary>
public sealed class SurveyTests
{
    [Theory]
    [InlineData("Microsoft.Data.SqlClient", "SqlTransaction", "Commit", AwaitableForm.Inherited)]
    [InlineData("Microsoft.Data.SqlClient", "SqlCommand", "ExecuteNonQuery", AwaitableForm.HandsOn)]
    [InlineData("System.Data.Odbc", "OdbcCommand", "ExecuteReader", AwaitableForm.Inherited)]
    [InlineData("DuckDB.NET.Data", "DuckDBConnection", "Open", AwaitableForm.Inherited)]
    [InlineData("MySql.Data", "MySqlDataAdapter", "Fill", AwaitableForm.InPlace)]
    [InlineData("MySql.Data", "MySqlScript", "Execute", AwaitableForm.InPlace)]
    [InlineData("Npgsql", "NpgsqlConnection", "Open", AwaitableForm.HandsOn)]
    [InlineData("NuGet.Packaging", "PackageReaderBase", "GetFiles", AwaitableForm.InPlace)]
    [InlineData("CsvHelper", "CsvReader", "Read", AwaitableForm.Awaits)]
    public void Member_IsWhatItWasSeenToBe(string id, string type, string name, AwaitableForm form)
    {
        var package = PinnedPackage.Of(id);
        if (RestoredPackages.Of(package).Problem is { } problem)
            Assert.Skip($"{package.Id} {package.Version} cannot be restored: {problem}");

        var members = PackageFolder.AssembliesOf(package.Id, package.Version).SelectMany(AssemblySurvey.Of)
            .Where(member => member.Type.EndsWith("." + type, System.StringComparison.Ordinal) && member.Name == name);
        Assert.Equal(form, Assert.Single(members).Form);
    }
}

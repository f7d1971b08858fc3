using System;
using System.IO;
using System.Linq;

namespace AsyncGuard.Survey;

/// <summary>Writes down what was found, for people and for the catalog.</summary>
public static class SurveyReport
{
    /// <summary>Every member of an assembly, and lines for the catalog.</summary>
    public static void Members(string assembly, TextWriter output)
    {
        var members = AssemblySurvey.Of(assembly);
        output.WriteLine(
            $"# {Path.GetFileName(assembly)}: {members.Count} members with an awaitable form, {members.Count(member => member.IsReal)} of them real\n");
        output.WriteLine("| Member | Awaitable form | Token |\n|---|---|---|");
        foreach (var member in members) output.WriteLine($"| `{member.Type}.{member.Name}` | {member.Says} | {member.Token} |");
        output.WriteLine();
        foreach (var line in members.Select(member => member.CatalogLine).Distinct().Order(StringComparer.Ordinal)) output.WriteLine(line);
    }

    /// <summary>Lines for the catalog: members without an awaitable form whose IL leads to a call that holds the thread.</summary>
    public static void Blocking(string assembly, TextWriter output)
    {
        foreach (var line in BlockingSurvey.Of(assembly).Select(member => member.CatalogLine).Order(StringComparer.Ordinal))
            output.WriteLine(line);
    }

    /// <summary>A row for each package of a list.</summary>
    public static void Table(string list, TextWriter output)
    {
        output.WriteLine(
            "| Package | Members | Await or hand on | On the pool | In place | Inherited | Finished at once | Unknown | Token never read |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var line in File.ReadLines(list))
        {
            if (line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var package, var version]) continue;
            var members = PackageFolder.AssembliesOf(package, version).SelectMany(AssemblySurvey.Of).ToList();
            if (members.Count == 0) continue;

            int Count(params AwaitableForm[] forms) => members.Count(member => forms.Contains(member.Form));
            output.WriteLine(
                $"| {package} {version} | {members.Count} | {Count(AwaitableForm.Awaits, AwaitableForm.HandsOn, AwaitableForm.Abstract)} | {Count(AwaitableForm.OnThePool)} "
                + $"| {Count(AwaitableForm.InPlace, AwaitableForm.NeverAwaits)} | {Count(AwaitableForm.Inherited)} | {Count(AwaitableForm.Completed)} | {Count(AwaitableForm.Unknown)} "
                + $"| {members.Count(member => member.Token == "never read")} |");
        }
    }
}

using System;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>A page under <c>docs/rules</c>, by its sections.</summary>
internal static class RulePage
{
    /// <summary>The first C# block of a section; empty where there is none.</summary>
    public static string Code(string path, string heading) => Block(path, heading, "csharp");

    /// <summary>How the code of a section is compiled: with what its text block says as the project's <c>AsyncGuard.*.txt</c>.</summary>
    public static RuleTestOptions OptionsFor(string path, string heading) =>
        OptionsFor(Code(path, heading)) with
        {
            AdditionalFiles = Block(path, heading, "text") is { Length: > 0 } text
        ? [("AsyncGuard.Page.txt", text)] : []
        };

    public static string Section(string path, string heading)
    {
        var page = Checkout.Read(path);
        var start = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        if (start < 0) return "";
        var end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    /// <summary>The first paragraph of what the rule does, as plain text on one line.</summary>
    public static string Summary(string path)
    {
        var paragraph = Section(path, "What it does").Split("\n\n").Skip(1).FirstOrDefault("").Replace('\n', ' ').Trim();
        var linked = Regex.Replace(paragraph, @"\[([^\]]+)\]\([^)]+\)", "$1").Replace("`", "'");
        return linked.TrimEnd(':') + (linked.EndsWith(':') ? "." : "");
    }

    /// <summary>
    /// A block is a file when it begins with usings or a namespace, else members of a class. ASP.NET Core is there for all, the runtime
    /// library for those that name a group.
    /// </summary>
    public static RuleTestOptions OptionsFor(string code) => new()
    {
        Kind = IsFile(code) ? SourceKind.File : SourceKind.Members,
        References = ReferenceSet.AspNetCore,
        ExtraReferences = code.Contains("TaskGroup", StringComparison.Ordinal) ? [RuntimeLibrary.Reference] : [],
        ExtraUsings = code.Contains("TaskGroup", StringComparison.Ordinal) ? ["AsyncGuard"] : [],
    };

    private static string Block(string path, string heading, string language)
    {
        var section = Section(path, heading);
        var start = section.IndexOf($"```{language}\n", StringComparison.Ordinal);
        if (start < 0) return "";
        start += language.Length + 4;
        return section[start..section.IndexOf("\n```", start, StringComparison.Ordinal)];
    }

    private static bool IsFile(string code)
    {
        var unit = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();
        return unit.Usings.Any() || unit.Members.FirstOrDefault() is BaseNamespaceDeclarationSyntax;
    }
}

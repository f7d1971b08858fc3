using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using AsyncGuard.Catalog;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Repository;

/// <summary>
/// What the catalog says is asked for: an entry that nothing reads is only ballast. <see cref="CatalogResolvesTests"/> checks that each
/// trait belongs to some API.
/// </summary>
public sealed class ApiTraitsTests
{
    private static readonly IReadOnlyList<ApiTraits> All = [.. ApiTraits.All.Select(one => one.Trait)];

    [Fact]
    public void Trait_IsReadByTheAnalysis()
    {
        var sources = string.Concat(new[] { "src/AsyncGuard.Analyzers", "src/AsyncGuard.CodeFixes" }.SelectMany(Checkout.SourcesBelow)
            .Where(path => !path.EndsWith("/ApiTraits.cs", StringComparison.Ordinal)).Select(Checkout.Read));
        var unread = All.Where(trait => !Regex.IsMatch(sources, $@"\bApiTraits\.{trait}\b")).ToList();
        Assert.Empty(unread);
    }
}

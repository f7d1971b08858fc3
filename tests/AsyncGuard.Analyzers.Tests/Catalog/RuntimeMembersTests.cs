using System.Collections.Generic;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Context;
using AsyncGuard.Catalog;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Catalog;

/// <summary>The catalog says of every member of the runtime library that receives code where that code runs, and what comes out.</summary>
public sealed class RuntimeMembersTests
{
    private static readonly CSharpCompilation Compilation = CSharpCompilation.Create(
        "Members", references: ReferenceAssemblies.Get(default).Append(RuntimeLibrary.Reference));

    private static readonly GuardContext Guard = GuardContext.For(Compilation);

    /// <summary>Where synchronous code runs that a member receives.</summary>
    private static readonly Dictionary<string, string> Places = new()
    {
        ["BlockingWork.RunAsync"] = "Offloaded",
        ["TaskGroup.StartOnThreadPool"] = "Offloaded",
        ["TaskGroup.Start"] = "InPlace",
        ["TaskGroup.RunAsync"] = "InPlace",
        // Later, on the loop's thread
        ["EventLoop.CallAt"] = "Unknown",
        ["EventLoop.CallLater"] = "Unknown",
        ["EventLoop.CallSoon"] = "Unknown",
        ["EventLoop.CallSoonThreadSafe"] = "Unknown",
    };

    [Fact]
    public void Members_GivenSynchronousCode_SayWhereItRuns()
    {
        var places = new SortedDictionary<string, string>();
        foreach (var member in Members().Where(member => member.Parameters.Any(IsSynchronousWork)))
        {
            var place = DelegateUse.IsOffloading(member, Guard) ? "Offloaded" : DelegateUse.RunsInside(member, Guard) ? "InPlace" : "Unknown";
            Assert.Equal((member.ToDisplayString(), Places.GetValueOrDefault(NameOf(member))), (member.ToDisplayString(), place));
            places[NameOf(member)] = place;
        }

        Assert.Equal(new SortedDictionary<string, string>(Places), places);
    }

    [Fact]
    public void Members_WhoseTaskHasTheResultOfTheirWork_AreKnown()
    {
        var known = new SortedSet<string>();
        foreach (var member in Members().Where(HandsResult))
        {
            Assert.True(Guard.Apis.Has(member, ApiTraits.HandsResult), member.ToDisplayString());
            known.Add(NameOf(member));
        }

        Assert.Equal(
            new[]
            {
                "BlockingWork.RunAsync", "Deadline.RunAsync", "Shield.CompleteAsync", "Shield.RunAsync", "TaskGroup.RaceAsync",
                "TaskGroup.RunAsync", "TaskGroup.Start", "TaskGroup.StartOnThreadPool", "TaskGroup.StartValue", "TaskGroupScope.Start",
            },
            known);
    }

    [Fact]
    public void Lines_AboutTheRuntimeLibrary_NameWhatItHas()
    {
        var resolution = new ApiResolution(Compilation, new KnownTypes(Compilation));
        var entries = ApiTable.BuiltInFiles().SelectMany(file => file.Content.Entries)
            .Where(entry => entry.Type.StartsWith("AsyncGuard.", System.StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Null(resolution.ProblemOf(entry)));
    }

    // Func<CancellationToken, T>, Action<TaskGroup>; not Func<CancellationToken, Task>, nor what a later event receives
    private static bool IsSynchronousWork(IParameterSymbol parameter) =>
        parameter.Name is "work" or "child" or "body" or "callback" or "main" or "code" or "operation" or "test"
        && WorkOf(parameter.Type) is { } work && !IsTask(work.ReturnType);

    private static bool HandsResult(IMethodSymbol member) =>
        member.ReturnType is INamedTypeSymbol { Name: "Task", TypeArguments: { Length: 1 } results }
        && member.Parameters.Any(parameter => WorkOf(parameter.Type) is { } work && IsOrGives(work.ReturnType, results[0]));

    private static bool IsOrGives(ITypeSymbol returned, ITypeSymbol result) =>
        SymbolEqualityComparer.Default.Equals(returned, result)
        || (IsTask(returned) && returned is INamedTypeSymbol { TypeArguments: { Length: 1 } inner }
        && SymbolEqualityComparer.Default.Equals(inner[0], result));

    private static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask";

    // Func<…>, or a sequence of them
    private static IMethodSymbol? WorkOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke,
        INamedTypeSymbol { Name: "IEnumerable", TypeArguments: { Length: 1 } items } => WorkOf(items[0]),
        _ => null,
    };

    private static IEnumerable<IMethodSymbol> Members() =>
        Types(((IAssemblySymbol)Compilation.GetAssemblyOrModuleSymbol(RuntimeLibrary.Reference)!).GlobalNamespace)
            .Where(type => type is { DeclaredAccessibility: Accessibility.Public, TypeKind: not TypeKind.Delegate })
            .SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>()
            .Where(member => member is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary }
                && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute"));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));

    private static string NameOf(IMethodSymbol member) => $"{member.ContainingType.Name}.{member.Name}";
}

using System;
using AsyncGuard.Survey;

// dotnet run --project tests/AsyncGuard.Survey -- package version | assembly.dll | packages.txt | blocking package version | walk list root
switch (args)
{
    case [var list] when list.EndsWith(".txt", StringComparison.Ordinal):
        SurveyReport.Table(list, Console.Out);
        return 0;
    case ["blocking", var package, var version]:
        foreach (var file in PackageFolder.AssembliesOf(package, version)) SurveyReport.Blocking(file, Console.Out);
        return 0;
    case ["walk", var list, var root]:
        PackageWalk.Write(list, root, Console.Out);
        return 0;
    case [var assembly]:
        SurveyReport.Members(assembly, Console.Out);
        return 0;
    case [var package, var version] when PackageFolder.AssembliesOf(package, version) is { Count: > 0 } assemblies:
        foreach (var file in assemblies) SurveyReport.Members(file, Console.Out);
        return 0;
    case [_, _]:
        Console.Error.WriteLine($"{string.Join(' ', args)} is not in the package folder; restore it first.");
        return 1;
    default:
        Console.Error.WriteLine("Usage: AsyncGuard.Survey PACKAGE VERSION | blocking PACKAGE VERSION | walk LIST ROOT | ASSEMBLY.dll | LIST.txt");
        return 2;
}

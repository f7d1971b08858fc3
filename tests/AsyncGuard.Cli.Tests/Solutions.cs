namespace AsyncGuard.Cli.Tests;

/// <summary>What the tool is run on.</summary>
internal static class Solutions
{
    public const string App =
        """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
          <ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>
        </Project>
        """;

    public const string Program =
        """
        await new Worker().RunAsync(CancellationToken.None);

        public class Worker
        {
            public async Task RunAsync(CancellationToken token)
            {
                Thread.Sleep(100);
                var text = File.ReadAllText("a<script>alert(1)</script>.txt");
                Console.WriteLine(text);
                await Task.Delay(10);
                Load();
            }

            private void Load() => Parse();
            private void Parse() => Thread.Sleep(5);
        }
        """;

    /// <summary>
    /// One call that blocks, which five places in async code reach, and one which two do; the second stands first in the order of files.
    /// </summary>
    public const string Causes =
        """
        public static class Prices
        {
            private static string Parse(string name) => File.ReadAllText(name);
            public static string Load(string name) => Parse(name);
            public static void Pause() => Thread.Sleep(50);
        }

        public static class Pages
        {
            public static async Task OneAsync() { await Task.Yield(); Prices.Load("1"); }
            public static async Task TwoAsync() { await Task.Yield(); Prices.Load("2"); }
            public static async Task ThreeAsync() { await Task.Yield(); Prices.Load("3"); }
            public static async Task FourAsync() { await Task.Yield(); Prices.Load("4"); Prices.Pause(); }
            public static async Task FiveAsync() { await Task.Yield(); Prices.Load("5"); Prices.Pause(); }
        }
        """;

    /// <summary><see cref="TwoProjects"/> as the older format of a solution has them.</summary>
    public const string Classic =
        """

        Microsoft Visual Studio Solution File, Format Version 12.00
        # Visual Studio Version 17
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "App", "App\App.csproj", "{5B6A5C5E-0001-4000-8000-000000000001}"
        EndProject
        Project("{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}") = "Lib", "Lib\Lib.csproj", "{5B6A5C5E-0001-4000-8000-000000000002}"
        EndProject
        Global
        	GlobalSection(SolutionConfigurationPlatforms) = preSolution
        		Debug|Any CPU = Debug|Any CPU
        	EndGlobalSection
        	GlobalSection(ProjectConfigurationPlatforms) = postSolution
        		{5B6A5C5E-0001-4000-8000-000000000001}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{5B6A5C5E-0001-4000-8000-000000000001}.Debug|Any CPU.Build.0 = Debug|Any CPU
        		{5B6A5C5E-0001-4000-8000-000000000002}.Debug|Any CPU.ActiveCfg = Debug|Any CPU
        		{5B6A5C5E-0001-4000-8000-000000000002}.Debug|Any CPU.Build.0 = Debug|Any CPU
        	EndGlobalSection
        EndGlobal

        """;

    // A byte order mark and the line endings of Windows, which have to stay.
    public const string Lib =
        "\uFEFFusing System.IO;\r\nusing System.Threading;\r\nusing System.Threading.Tasks;\r\n\r\npublic class Lib\r\n{\r\n"
        + "    public async Task RunAsync(StreamReader reader, CancellationToken token)\r\n    {\r\n        Thread.Sleep(100);\r\n        var text = reader.ReadToEnd();\r\n"
        + "        await Task.Delay(10);\r\n    }\r\n}\r\n";

    /// <summary>
    /// An application and a library for two frameworks, one of which lacks <c>StreamReader.ReadToEndAsync(CancellationToken)</c>.
    /// </summary>
    public static (string Path, string Text)[] TwoProjects { get; } =
    [
        ("Demo.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>"""),
        ("App/App.csproj", App),
        ("App/Program.cs", Program),
        ("Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>net10.0;netstandard2.1</TargetFrameworks><LangVersion>latest</LangVersion></PropertyGroup></Project>"""),
        ("Lib/Lib.cs", Lib),
    ];

    public static (string Path, string Text)[] OneProjectWithPackage { get; } =
    [
        ("App/App.csproj",
            App.Replace("""<ProjectReference Include="../Lib/Lib.csproj" />""",
                """<PackageReference Include="AsyncGuard" Version="$(Package)" />""")),
        ("App/Program.cs", Program),
    ];

    public const string Library =
        """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>""";

    /// <summary>A class with one call that sleeps, on one line without an end.</summary>
    public static string Sleeper(string name, string more = "") =>
        $"public class {name} {{ public async Task RunAsync(CancellationToken token) {{ await Task.Yield(); Thread.Sleep(1);{more} }} }}";
}

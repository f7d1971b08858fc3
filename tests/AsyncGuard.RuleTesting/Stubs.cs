using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.RuleTesting;

/// <summary>
/// Look-alikes of well-known packages: the file of that name in Stubs/, compiled once per framework into an assembly with the real name.
/// </summary>
public static class Stubs
{
    public const string EntityFrameworkCore = nameof(EntityFrameworkCore);
    public const string EntityFrameworkCoreSqlite = nameof(EntityFrameworkCoreSqlite);
    public const string EntityFrameworkCorePostgres = nameof(EntityFrameworkCorePostgres);
    public const string Xunit = nameof(Xunit);
    public const string NUnit = nameof(NUnit);
    public const string Moq = nameof(Moq);
    public const string FluentValidation = nameof(FluentValidation);
    public const string LanguageExt = nameof(LanguageExt);
    public const string MicrosoftDataSqlite = nameof(MicrosoftDataSqlite);
    public const string GrpcCore = nameof(GrpcCore);
    public const string Quartz = nameof(Quartz);
    public const string MassTransit = nameof(MassTransit);
    public const string MongoDBDriver = nameof(MongoDBDriver);
    public const string MSTest = nameof(MSTest);
    public const string TUnit = nameof(TUnit);
    public const string NSubstitute = nameof(NSubstitute);
    public const string UserInterfaces = nameof(UserInterfaces);
    public const string WindowsBase = nameof(WindowsBase);
    public const string StackExchangeRedis = nameof(StackExchangeRedis);
    public const string AsyncGuardRuntime = nameof(AsyncGuardRuntime);
    public const string Dapper = nameof(Dapper);
    public const string MicrosoftDataSqlClient = nameof(MicrosoftDataSqlClient);
    public const string Npgsql = nameof(Npgsql);
    public const string RabbitMQ = nameof(RabbitMQ);
    public const string ServiceBus = nameof(ServiceBus);
    public const string AzureStorageBlobs = nameof(AzureStorageBlobs);
    public const string AmazonS3 = nameof(AmazonS3);
    public const string SystemIOPorts = nameof(SystemIOPorts);
    public const string SystemManagement = nameof(SystemManagement);
    public const string BCryptNet = nameof(BCryptNet);
    public const string Argon2 = nameof(Argon2);
    public const string NBitcoin = nameof(NBitcoin);
    public const string BouncyCastle = nameof(BouncyCastle);
    public const string SystemDrawing = nameof(SystemDrawing);
    public const string ImageSharp = nameof(ImageSharp);
    public const string SkiaSharp = nameof(SkiaSharp);
    public const string NewtonsoftJson = nameof(NewtonsoftJson);
    public const string MagickNet = nameof(MagickNet);
    public const string SystemDataSqlite = nameof(SystemDataSqlite);
    public const string DuckDB = nameof(DuckDB);
    public const string ConfluentKafka = nameof(ConfluentKafka);
    public const string NetMQ = nameof(NetMQ);
    public const string SystemReactive = nameof(SystemReactive);
    public const string NitoAsyncEx = nameof(NitoAsyncEx);
    public const string NLog = nameof(NLog);
    public const string MiniExcel = nameof(MiniExcel);
    public const string MySqlData = nameof(MySqlData);
    public const string LibGit2Sharp = nameof(LibGit2Sharp);
    public const string OpenTelemetry = nameof(OpenTelemetry);
    public const string Scriban = nameof(Scriban);
    public const string Fluid = nameof(Fluid);
    public const string Jint = nameof(Jint);
    public const string Faster = nameof(Faster);

    private static readonly ConcurrentDictionary<(string Name, ReferenceSet Set), Lazy<MetadataReference>> Compiled = new();

    public static MetadataReference Get(string name, ReferenceSet set) =>
        Compiled.GetOrAdd((name, set), static key => new(() => Compile(key.Name, key.Set))).Value;

    private static MetadataReference Compile(string name, ReferenceSet set)
    {
        using var resource = typeof(Stubs).Assembly.GetManifestResourceStream($"Stubs.{name}.cs")
            ?? throw new ArgumentException($"There is no Stubs/{name}.cs", nameof(name));
        using var reader = new StreamReader(resource);

        // The first line is a comment that names the assembly.
        var assemblyName = reader.ReadLine()!.TrimStart('/', ' ');
        var tree = CSharpSyntaxTree.ParseText(reader.ReadToEnd(), CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp11));
        var compilation = CSharpCompilation.Create(
            assemblyName,
            [tree],
            ReferenceAssemblies.Get(set),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success)
            Assert.Fail(
                $"The stub {name} does not compile on {set}:\n{string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}");
        return MetadataReference.CreateFromImage(image.ToArray(), filePath: assemblyName + ".dll");
    }
}

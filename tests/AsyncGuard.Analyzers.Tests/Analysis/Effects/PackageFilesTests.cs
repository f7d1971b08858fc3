using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Effects;

/// <summary>Members of an assembly that is emitted and referenced by its image, as a package is.</summary>
public sealed class PackageFilesTests
{
    [Theory]
    [InlineData("public static Image Load(string path) => null;", "Image.Load(\"a\")")]
    [InlineData("public static Image Open(string filePath, int mode = 0) => null;", "Image.Open(\"a\")")]
    [InlineData("public void Save(string fileName) { }", "image.Save(\"a\")")]
    [InlineData("public void SaveCsv(string path, bool rows = true) { }", "image.SaveCsv(\"a\")")]
    [InlineData("public static bool TryLoad(string file, out Image image) { image = null; return true; }",
        "Image.TryLoad(\"a\", out image)")]
    [InlineData("public static Image ParseFromFile(string filePath) => null;", "Image.ParseFromFile(\"a\")")]
    [InlineData("public static Image ReadTextFile(string path) => null;", "Image.ReadTextFile(\"a\")")]
    [InlineData("public static Image Read(string binLogFilePath) => null;", "Image.Read(\"a\")")]
    [InlineData("public static void Export(Image image, string path) { }", "Image.Export(image, \"a\")")]
    [InlineData("public static object load(string file) => null;", "Image.load(\"a\")")]
    [InlineData("public void Save(string fileName, byte[] data) { }", "image.Save(\"a\", null)")]
    [InlineData("public static Image Open(Stream stream) => null;", "Image.Open(stream)")]
    [InlineData("public void WriteJpeg(Stream output, int quality) { }", "image.WriteJpeg(stream, 9)")]
    [InlineData("public static Image Deserialize(Stream stream) => null;", "Image.Deserialize(stream)")]
    [InlineData("public static Image Parse(Stream stream) => null;", "Image.Parse(stream)")]
    [InlineData("public static Image Open(string path) => null; public static Image Open(Stream stream) => null;", "Image.Open(\"a\")")]
    [InlineData("public static Image OpenSvg(string path) => null; public static Image OpenSvg(Stream stream) => null;", "Image.OpenSvg(\"a\")")]
    [InlineData("public static Image Read(string path) => null; public static Image Read(Stream stream) => null;", "Image.Read(\"a\")")]
    [InlineData("public Image() { } public Image(string fileName) { } public Image(Stream stream) { }", "new Image(\"a\")")]
    [InlineData("public Image(string path, int mode = 0) { } public Image(Stream stream, int mode) { }", "new Image(\"a\")")]
    [InlineData("public static Image ParseFrom(Stream input) => null;", "Image.ParseFrom(stream)")]
    [InlineData("public static Image ParseDelimitedFrom(Stream input) => null;", "Image.ParseDelimitedFrom(stream)")]
    [InlineData("public static Image DeserializeWithLength(Stream input) => null;", "Image.DeserializeWithLength(stream)")]
    [InlineData("public void SerializeTo(Stream output) { }", "image.SerializeTo(stream)")]
    [InlineData("public static Image FromStream(Stream stream, int mode = 0) => null;", "Image.FromStream(stream)")]
    [InlineData("public static Image Parse(TextReader reader) => null;", "Image.Parse(File.OpenText(\"a\"))")]
    [InlineData("public static Image Load(StreamReader reader) => null;", "Image.Load(new StreamReader(stream))")]
    [InlineData("public static Image Deserialize(TextReader reader) => null;", "Image.Deserialize(new StreamReader(stream))")]
    [InlineData("public void WriteTo(TextWriter writer) { }", "image.WriteTo(new StreamWriter(stream))")]
    [InlineData("public static void Serialize(TextWriter writer, Image image) { }", "Image.Serialize(new StreamWriter(stream), image)")]
    public void Member_ThatReadsOrWritesAFile_IsOne(string members, string call) => Assert.True(Has(Of(members), call));

    [Theory]
    [InlineData("public static Image Read(string path) => null;", "Image.Read(\"$.a\")")]
    [InlineData("public static Image Parse(string path) => null;", "Image.Parse(\"a\")")]
    [InlineData("public static Image Open(string path) => null;", "Image.Open(\"a\")")]
    [InlineData("public static Image Load(string text) => null;", "Image.Load(\"a\")")]
    [InlineData("public static Image Load(string text, string fileName) => null;", "Image.Load(\"a\", \"b\")")]
    [InlineData("public static Image Load(byte[] data, string fileName) => null;", "Image.Load(null, \"b\")")]
    [InlineData("public void Write(int kind, string path) { }", "image.Write(1, \"a\")")]
    [InlineData("public static Image Loading(string path) => null;", "Image.Loading(\"a\")")]
    [InlineData("public Image WithFile(string path) => null;", "image.WithFile(\"a\")")]
    [InlineData("public static string ReadLink(string fileName) => null;", "Image.ReadLink(\"a\")")]
    [InlineData("public static Stream OpenRead(string fileName) => null;", "Image.OpenRead(\"a\")")]
    [InlineData("public static Stream ReadAsPart(Stream stream) => null;", "Image.ReadAsPart(stream)")]
    [InlineData("public static TextReader ReadFile(string path) => null;", "Image.ReadFile(\"a\")")]
    [InlineData("public static Task Load(string path) => null;", "Image.Load(\"a\")")]
    [InlineData("public static Image Decode(Stream stream) => null;", "Image.Decode(stream)")]
    [InlineData("public static Image Load(Stream stream) => null;", "Image.Load(new MemoryStream())")]
    [InlineData("public static Image Load(Stream stream, string fileName = null) => null;", "Image.Load(new MemoryStream(), \"a\")")]
    [InlineData("public void Save(Stream stream) { }", "image.Save(Stream.Null)")]
    [InlineData("public Image(string fileName) { }", "new Image(\"a\")")]
    [InlineData("public Image(string name) { } public Image(Stream stream) { }", "new Image(\"a\")")]
    [InlineData("public Image(string fileName, byte[] data) { } public Image(Stream stream) { }", "new Image(\"a\", null)")]
    [InlineData("public Image(string outputFile) { } public Image(Stream stream) { }", "new Image(\"a\")")]
    [InlineData("public Image(string fileName) { } private Image(Stream stream) { }", "new Image(\"a\")")]
    [InlineData("public Image(string fileName) { } public Image(Stream stream) { }", "new Image(new MemoryStream())")]
    [InlineData("public static Image Open(string path) => null; public Image Open(Stream stream) => null;", "Image.Open(\"a\")")]
    [InlineData("public static Image OpenWriter(string path) => null; public static Image OpenWriter(Stream stream) => null;",
        "Image.OpenWriter(\"a\")")]
    [InlineData("public static Image FromStream(Stream stream) => null;", "Image.FromStream(new MemoryStream())")]
    [InlineData("public Image FromStream(Stream stream) => null;", "image.FromStream(stream)")]
    [InlineData("public static Image Parse(TextReader reader) => null;", "Image.Parse(new StringReader(\"a\"))")]
    [InlineData("public static Image Create(TextReader reader) => null;", "Image.Create(new StreamReader(stream))")]
    [InlineData("public static Image Serialize(TextReader reader) => null;", "Image.Serialize(new StreamReader(stream))")]
    [InlineData("public static Image Parse(TextWriter log, string text) => null;", "Image.Parse(new StreamWriter(stream), \"a\")")]
    [InlineData("public void WriteTo(TextWriter writer) { }", "image.WriteTo(new StringWriter())")]
    [InlineData("public void WriteTo(TextWriter writer) { }", "image.WriteTo(Console.Out)")]
    [InlineData("public static TextReader Read(TextReader reader) => null;", "Image.Read(new StreamReader(stream))")]
    public void Member_OfWhichTheNamesDoNotTell_IsNone(string members, string call) => Assert.False(Has(Of(members), call));

    [Theory]
    [InlineData("MockFiles")]
    [InlineData("InMemoryFiles")]
    public void StandInForFiles_IsNone(string name) =>
        Assert.False(Has($"public class {name} {{ public string ReadAllText(string path) => null; }} public class Image {{ }}",
        $"new {name}().ReadAllText(\"a\")"));

    [Theory]
    [InlineData("ImageWriter")]
    [InlineData("ImageLogger")]
    [InlineData("FileAttachment")]
    public void Type_ThatOnlyOpensOrNamesItsFile_IsNone(string name) =>
        Assert.False(Has($"public class {name} {{ public {name}(string path) {{ }} public {name}(Stream stream) {{ }} }} public class Image {{ }}",
        $"new {name}(\"a\")"));

    [Theory]
    [InlineData("InputFile")]
    [InlineData("ImageSource")]
    [InlineData("ImageContext")]
    public void Type_ThatKeepsItsStream_IsNone(string name) =>
        Assert.False(Has($"public class {name} {{ public static {name} FromStream(Stream stream) => null; }} public class Image {{ }}",
        $"{name}.FromStream(stream)"));

    [Fact]
    public void AssemblyOfTheFramework_IsNoPackage() =>
        Assert.False(Has(Of("public static Image Load(string path) => null;"), "Image.Load(\"a\")", "System.Vendor"));

    [Fact]
    public void Project_WhoseOutputIsReferenced_IsNoPackage() =>
        Assert.False(Has(Of("public static Image Load(string path) => null;"), "Image.Load(\"a\")", path: "/src/Data/bin/Debug/Data.dll"));

    private static string Of(string members) => $"public class Image {{ {members} }}";

    private static bool Has(string package, string call, string name = "Vendor.Images", string? path = null)
    {
        const string usings = "using System; using System.IO; using System.Threading.Tasks;\n";
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        var library = CSharpCompilation.Create(name, [Parse(usings + package)], References, options);
        using var bytes = new MemoryStream();
        Assert.Empty(library.Emit(bytes, cancellationToken: TestContext.Current.CancellationToken).Diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var reference = MetadataReference.CreateFromImage(bytes.ToArray(), filePath: path);

        var tree = Parse($"{usings}class C {{ void M(Image image, Stream stream) {{ {call}; }} }}");
        var compilation = CSharpCompilation.Create("App", [tree], [.. References, reference], options);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var syntax = tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<ExpressionStatementSyntax>().Last();
        var model = compilation.GetSemanticModel(tree);
        var files = PackageFiles.Of(GuardContext.For(compilation));
        return model.GetOperation(syntax.Expression, TestContext.Current.CancellationToken) switch
        {
            IInvocationOperation invocation => files.Have(invocation),
            IObjectCreationOperation creation => files.Have(creation),
            var other => throw new InvalidOperationException($"{other} is no call"),
        };
    }

    private static IEnumerable<MetadataReference> References => ReferenceAssemblies.Get(ReferenceSet.Net100);

    private static SyntaxTree Parse(string source) =>
        CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);
}

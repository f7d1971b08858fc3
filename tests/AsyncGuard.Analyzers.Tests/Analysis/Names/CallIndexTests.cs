using System.Linq;
using AsyncGuard.Analysis;
using AsyncGuard.Analysis.Cpu;
using AsyncGuard.Analysis.Effects;
using AsyncGuard.Analysis.Names;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Names;

public sealed class CallIndexTests
{
    private static readonly MetadataReference[] CoreLibrary = [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)];

    [Theory]
    [InlineData("void Load() => Decode(); void Decode() => Thread.Sleep(1);", "Load Decode")]
    [InlineData("void Load() => Decode(); void Decode() { } void Other() => Thread.Sleep(1);", "Other")]
    [InlineData("int P => Load(); int Load() { Thread.Sleep(1); return P; }", "P Load")]
    [InlineData("void Load() { void Local() => Thread.Sleep(1); }", "Load")]
    [InlineData("int _f = Get(); static int Get() { Thread.Sleep(1); return 1; }", "Get .ctor-C")]
    [InlineData("int[] _f = { Get() }; static int Get() { Thread.Sleep(1); return 1; } void Other() { var x = _f; }", "Get .ctor-C")]
    [InlineData("C _f = Get(); static C Get() { Thread.Sleep(1); return null; } object P => _f;", "Get .ctor-C")]
    [InlineData("C P { get; } = Get(); static C Get() { Thread.Sleep(1); return null; } object Other() => P;", "Get .ctor-C")]
    [InlineData("System.Lazy<int> _f = new(Get); static int Get() { Thread.Sleep(1); return 1; } void Other() { var x = _f.Value; }",
        "_f Get Other .ctor-C")]
    [InlineData("System.Func<int>? P { get; } = Get; static int Get() { Thread.Sleep(1); return 1; } void Other() => P!();",
        "P Get Other .ctor-C")]
    [InlineData("delegate int D(); D _f = Get; static int Get() { Thread.Sleep(1); return 1; } void Other() => _f();",
        "_f Get Other .ctor-C")]
    [InlineData(
        "class Later : System.Lazy<int> { } Later _f = new(Get); static int Get() { Thread.Sleep(1); return 1; } void Other() { var x = _f.Value; }",
            "_f Get Other .ctor-C")]
    [InlineData("C P { get => Get(); set { } } = null; static C Get() { Thread.Sleep(1); return null; } object Other() => P;",
        "P Get Other")]
    [InlineData("C() : this(1) { } C(int x) { Thread.Sleep(x); } void Make() { C c = new(); } void Other() { }", ".ctor-C Make")]
    [InlineData("static int _f = Get(); static int Get() { Thread.Sleep(1); return 1; } void Other() { C c = null; }", "Get .ctor-C")]
    [InlineData("void Load() { if (_bad) throw new C(Get()); } string Get() { Thread.Sleep(1); return null; }", "Get")]
    [InlineData("[Blocking] void Load() { } void Outer() => Load();", "Load Outer")]
    [InlineData("C() => Thread.Sleep(1); void Load() { C c = new(), d = new(); } void Other() { C[] c = null; string s = new('a', 1); }",
        ".ctor-C Load")]
    [InlineData("C() => Thread.Sleep(1); void Load(C c) { c ??= new(); } void Other(C c) { if (c is null) { } else c = new(); }",
        ".ctor-C Load Other")]
    [InlineData("C() => Thread.Sleep(1); class D<T> { } void Load() { D<C> d = new(); } void Other() { D<C> d = null; C c; c = new(); }",
        ".ctor-C Other")]
    [InlineData("C() => Thread.Sleep(1); C P { get; } = new(); readonly C _f = new(); C Load(object o) => o is C c ? c : new();",
        ".ctor-C Load")]
    [InlineData("C() => Thread.Sleep(1); void Load(C c) {\n// the store\nc = new(); }", ".ctor-C Load")]
    [InlineData("void Load() { using (null) { } } void Dispose() => Thread.Sleep(1);", "Load Dispose")]
    [InlineData("void Load() { foreach (var c in \"\") { } } void Dispose() => Thread.Sleep(1);", "Dispose")]
    [InlineData(
        "void Load() { await using (x) { } } void Other() { await using (x) { } using (x) { } } void Dispose() => Thread.Sleep(1);",
        "Other Dispose")]
    [InlineData(
        "void Load() { await foreach (var c in x) { } } void Other() { await foreach (var c in x) { } foreach (var c in x) { } } bool MoveNext() { Thread.Sleep(1); return false; }",
        "Other")]
    [InlineData("void Load(int x = 1) { } void Quiet() { }", "")]
    [InlineData("void Load() => SaveAll(); void SaveAll() { }", "")]
    [InlineData(
        "void Load(ScottPlot.Plot p) => p.SavePng(); void Other() => SaveAll(); void SaveAll() { } } namespace ScottPlot { class Plot { public void SavePng() { } }",
            "Load")]
    public void Names_ThatMayBlock(string members, string expected)
    {
        var tree = CSharpSyntaxTree.ParseText($"using System.Threading; class C {{ {members} }}",
            cancellationToken: TestContext.Current.CancellationToken);
        var index = Index(CSharpCompilation.Create("Test", [tree], CoreLibrary));
        string[] all = ["Load", "Decode", "Other", "P", "Local", "_f", "Get", ".ctor C", "Make", "Outer", "Quiet", "Dispose"];
        Assert.Equal(expected.Split(' ', System.StringSplitOptions.RemoveEmptyEntries).Order(),
            all.Where(index.Contains).Select(name => name.Replace(' ', '-')).Order());
    }

    [Fact]
    public void EditOfOneFile_ReadsOneFile()
    {
        var trees = Enumerable.Range(0, 50)
            .Select(i => CSharpSyntaxTree.ParseText($"class C{i} {{ public static void M{i}() => C{i + 1}.M{i + 1}(); }}",
            cancellationToken: TestContext.Current.CancellationToken)).ToArray();
        var compilation = CSharpCompilation.Create("Test", trees, CoreLibrary);
        Assert.Equal(50, new NameGraph(compilation).TreesRead);
        Assert.Equal(0, new NameGraph(compilation.WithAssemblyName("Again")).TreesRead);

        var edited = trees[7].WithChangedText(SourceText.From("class C7 { public static void M7() => System.Threading.Thread.Sleep(1); }"));
        var after = compilation.ReplaceSyntaxTree(trees[7], edited);
        var graph = new NameGraph(after);
        var index = new BlockingIndex(graph, GuardContext.For(after));

        Assert.Equal(1, graph.TreesRead);
        Assert.True(index.Contains("M0"));
        Assert.False(index.Contains("M8"));
    }

    [Theory]
    [InlineData("void A() { Mix(); } void Mix() { for (var i = 0; i < 100000; i++) { } } void B() { }", "A Mix", 2)]
    [InlineData("void A() { for (var i = 0; i < 1000; i++) Step(); } void Step() { } void B() => Step();", "A", 1)]
    [InlineData("void A() { for (var i = 0; i < 10; i++) for (var j = 0; j < 10; j++) for (var k = 0; k < 10; k++) { } } void B() => A();",
        "A B", 2)]
    [InlineData("int A(int n) => n < 2 ? n : A(n - 1) + A(n - 2); void B() { A(30); }", "A B", 2)]
    [InlineData("void A() { for (var i = 0; i < 3; i++) { } } void B() => A();", "", 0)]
    [InlineData("void A(int[] all) { foreach (var one in all) { } } void B() => A(null);", "", 0)]
    [InlineData("void A(int[][][] all) { foreach (var x in all) foreach (var y in x) foreach (var z in y) { } }", "", 0)]
    [InlineData("void A() { for (var i = 0; i < 100000; i++) { if (i > 5) break; } } void B() => A();", "", 0)]
    [InlineData("int Rows { get; set; } void A(C other) { for (var i = 0; i < other.Rows; i++) { } for (var i = 0; i < Rows; i++) { } }",
        "", 0)]
    [InlineData("const int Rows = 1000; void A() { for (var i = 0; i < Rows; i++) { } }", "A", 1)]
    [InlineData("static int Rows { get; } = 1000; void A() { for (var i = 0; i < C.Rows; i++) { } }", "A", 1)]
    [InlineData(
        "readonly int[] _rows = new int[1000]; void A() { for (var n = 0; n < Rows; n++) { } foreach (var row in _rows) { } } const int Rows = 10;",
            "A", 1)]
    [InlineData("void A() { for (var i = 0; i < Limits.Rows; i++) { } } class Limits { public const int Rows = 1000; }", "A", 1)]
    [InlineData(
        "void A(int[] a) { var n = a.Length; for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) { } }",
            "", 0)]
    [InlineData("int ISized.Size => Size; const int Size = 5_000_000; void A() { for (var i = 0; i < Size; i++) { } }", "A", 1)]
    [InlineData(
        "int Size { get; } class Inner : Limits { void A() { for (var i = 0; i < Size; i++) { } } } class Limits { protected const int Size = 5_000_000; }",
            "A", 1)]
    [InlineData(
        "void A() { for (var i = 0; i < Acme.core.Limits.Rows; i++) { } } class Acme { public class core { public class Limits { public const int Rows = 5_000_000; } } }",
            "A", 1)]
    [InlineData(
        "void A(int n) { for (var i = 0; (i < n); i++) for (var j = 0; j < checked(n - 1); j++) for (var k = 0; k < unchecked((int)n); k++) { } }",
            "A", 1)]
    [InlineData("void A(int n) { for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) { } }", "A", 1)]
    [InlineData(
        "void A(int[] a) { for (var i = 0; i < a.Length; i++) for (var j = i; j < a!.Length - 1; j++) for (var k = j; k < (int)a.Length; k++) { } }",
            "A", 1)]
    public void Names_ThatMayHoldTheProcessor(string members, string expected, int read)
    {
        var tree = CSharpSyntaxTree.ParseText($"class C {{ {members} async System.Threading.Tasks.Task Run() {{ A(); B(); }} }}",
            cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], CoreLibrary);
        var index = new CpuIndex(new NameGraph(compilation), GuardContext.For(compilation));
        string[] all = ["A", "B", "Mix", "Step"];
        Assert.Equal(expected.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), all.Where(index.Contains));
        Assert.Equal(read, index.BodiesRead);
    }

    [Theory]
    [InlineData("void A() => Mix(); async System.Threading.Tasks.Task Run() { }", 0)]
    [InlineData("void A() => Mix(); async System.Threading.Tasks.Task Run() { A(); }", 2)]
    [InlineData("void A() => Mix(); System.Action Run() => async () => A();", 3)]
    [InlineData("static int s_a = Mix();", 2)]
    [InlineData("void A() => Mix(); void B() => A(); async System.Threading.Tasks.Task Run() { Mix(); }", 1)]
    [InlineData("void A() { System.Action f = () => { Mix(); }; }", 0)]
    [InlineData("void A() { System.Func<int, bool> f = i => Mix() == i; }", 0)]
    [InlineData("void A() { System.Func<int, string> f = i => { return i > 1 ? \"a\" : $\"{Mix()}\"; }; }", 0)]
    [InlineData("void A() { L(); void L() => Mix(); }", 0)]
    [InlineData("void A() { L(); async void L() { Mix(); } }", 2)]
    [InlineData("void A() { System.Func<object> f = () => { Mix(); throw null; }; }", 2)]
    [InlineData("void A() { System.Func<object> f = () => { Mix(); return null; }; }", 2)]
    [InlineData("void A() { System.Func<object> f = () => Mix(); }", 2)]
    public void WorkThatAsyncCodeDoesNotReach_IsNotRead(string members, int read)
    {
        var tree = CSharpSyntaxTree.ParseText(
            $"class C {{ {members} static int Mix() {{ for (var i = 0; i < 100000; i++) {{ }} return 1; }} }}",
            cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], CoreLibrary);
        Assert.Equal(read, new CpuIndex(new NameGraph(compilation), GuardContext.For(compilation)).BodiesRead);
    }

    [Theory]
    [InlineData("bool A(string s) => Regex.IsMatch(s, \"^[a-z]+$\");", 0)]
    [InlineData("bool A(string s, string p) => Regex.IsMatch(s, p);", 0)]
    [InlineData("bool A(string s, List<string> all) => all.Exists(p => Regex.IsMatch(s, p));", 0)]
    [InlineData("void A(string s, List<string> all) { foreach (var p in all) { Regex.IsMatch(s, p); } }", 0)]
    [InlineData("void A(string s) { var p = Find(); Regex.Replace(s, (p), \"\"); Regex.Match(s, $\"^{p}(a)+\"); Regex.Split(s, Find()); }", 0)]
    [InlineData("bool A(string s) => Regex.IsMatch(s, \"(a+)\" + \"b\");", 0)]
    [InlineData("bool A(string s) => Regex.IsMatch(s, (\"(a+)\") + \"+b\");", 1)]
    [InlineData("bool A(string s) => Regex.IsMatch(pattern: \"(a+)+\", input: s);", 1)]
    [InlineData("bool A(string s) => Regex.IsMatch(s, Rows);", 1)]
    [InlineData("bool A(string s) => Regex.IsMatch(s, $\"^{Rows}$\");", 1)]
    [InlineData("bool A(string s) => Regex.IsMatch(s, Patterns.Rows);", 1)]
    [InlineData("bool A(string s) { const string p = \"(a+)+\"; return Regex.IsMatch(s, p); }", 1)]
    [InlineData("bool A(string s) { if (s is null) { var p = Find(); } return Regex.IsMatch(s, p); }", 1)]
    [InlineData("void A(string s) { Regex r = new(Rows); }", 1)]
    [InlineData("object A(string s) => new System.Text.RegularExpressions.Regex(\"(a+)+\");", 1)]
    [InlineData("[GeneratedRegex(\"[a-z]+\")] partial Regex A(string s);", 0)]
    [InlineData("[GeneratedRegex(\"([a-z]+)*\")] partial Regex A(string s);", 1)]
    [InlineData("static readonly Regex s_a = new Regex(\"[a-z]+\"); bool A(string s) => s_a.IsMatch(s);", 0)]
    public void RegularExpressionsThatRepeatNoGroup_AreNotRead(string members, int read)
    {
        var tree = CSharpSyntaxTree.ParseText($"class C {{ {members} async System.Threading.Tasks.Task Run() {{ A(\"\"); s_a = null; }} }}",
            cancellationToken: TestContext.Current.CancellationToken);
        var compilation = CSharpCompilation.Create("Test", [tree], CoreLibrary);
        Assert.Equal(read, new CpuIndex(new NameGraph(compilation), GuardContext.For(compilation)).BodiesRead);
    }

    [Theory]
    [InlineData("class A { Thread _t; void M() => _t.Join(); }",
        "class B { void N(A a) => a.M(); void O(string s) => s.Join(); void Join() { } }", "M N")]
    [InlineData("class A { public Thread Worker { get; set; } }",
        "class B { void M(A a) => a.Worker.Join(); void N(dynamic d) => d.Join(); }", "M")]
    [InlineData("class A { public static Thread Find() => null; }",
        "class B { void M() { var t = A.Find(); t.Join(); } void N(dynamic d) => d.Join(); }", "M")]
    [InlineData("class A { void M(Thread t) => t.Join(); }", "class B { void N(dynamic d) => d.Join(); }", "M")]
    [InlineData("class A { void M() => new Thread(() => { }).Join(); }", "class B { void N(dynamic d) => d.Join(); }", "M")]
    [InlineData("record R(Thread Worker);", "class B { void M(R r) => r.Worker.Join(); void N(dynamic d) => d.Join(); }", "M")]
    [InlineData("delegate void D(Thread t);", "class B { void M() { D d = t => t.Join(); } void N(dynamic d) => d.Join(); }", "M")]
    [InlineData(
        "using Loader = System.Func<int>; class A { static readonly Loader s_load = () => { Thread.Sleep(1); return 1; }; int M() => s_load(); }",
            "class B { }", "M")]
    [InlineData("class A { public static readonly A M = Make(); static A Make() { Thread.Sleep(1); return null; } }",
        "using static A; class N { static readonly A s_a = M; } class O { A _a = A.M; }", "N")]
    [InlineData("class A { public static readonly A M = Make(); static A Make() { Thread.Sleep(1); return null; } }",
        "using X = A; class N { static readonly A s_a = X.M; } class O { A _a = A.M; }", "N")]
    [InlineData("class A { public A() => Thread.Sleep(1); }",
        "using X = A; class B { void M() { X x = new(); } void N() => new X(); void O() { B b = new(); } }", "M N")]
    [InlineData("class A { }", "class B { void M(dynamic t) => t.Join(); void N() { } }", "")]
    public void ApiWithAnEverydayName_IsLookedForWhereItsTypeIsAtHand(string first, string second, string expected)
    {
        SyntaxTree[] trees =
            [.. new[] { first,
            second }.Select(
                source => CSharpSyntaxTree.ParseText("using System.Threading; " + source,
                    cancellationToken: TestContext.Current.CancellationToken))];
        var index = Index(CSharpCompilation.Create("Test", trees, CoreLibrary));
        Assert.Equal(expected.Split(' ', System.StringSplitOptions.RemoveEmptyEntries), new[] { "M", "N", "O" }.Where(index.Contains));
    }

    private static BlockingIndex Index(CSharpCompilation compilation) => new(new NameGraph(compilation), GuardContext.For(compilation));
}

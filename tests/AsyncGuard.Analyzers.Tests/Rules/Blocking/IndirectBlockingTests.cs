using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class IndirectBlockingTests : RuleTest<IndirectBlockingAnalyzer, IndirectBlockingFix>
{
    private const string Block = " static void Block() => Thread.Sleep(1);";

    // Methods, local functions, any number of calls
    [Theory]
    [InlineData("async Task M() { [|Load()|]; await Task.Yield(); } void Load() => Thread.Sleep(1);")]
    [InlineData("Task M() { [|Load()|]; return Task.CompletedTask; } void Load() => Thread.Sleep(1);")]
    [InlineData(
        "async Task M() { [|A()|]; await Task.Yield(); } void A() => B(); void B() { C1(); } void C1() { if (DateTime.Now.Ticks > 0) D(); } void D() => Block();")]
    [InlineData("async Task<int> M(Task<int> t) => [|Get(t)|]; int Get(Task<int> t) => t.Result;")]
    [InlineData("async Task M(Task t) { [|Get(t)|]; await Task.Yield(); } void Get(Task t) => t.GetAwaiter().GetResult();")]
    [InlineData("async Task M(Task t) { [|Get(t)|]; await Task.Yield(); } void Get(Task t) { if (!t.IsCompleted) t.Wait(); }")]
    [InlineData(
        "async Task M(SemaphoreSlim s) { [|Enter(s)|]; await Task.Yield(); } void Enter(SemaphoreSlim s) { lock (s) { s.Wait(); } }")]
    [InlineData("async Task M() { [|Local()|]; await Task.Yield(); void Local() => Block(); }")]
    [InlineData("async Task M() { [|Outer()|]; await Task.Yield(); void Outer() { Inner(); void Inner() => Block(); } }")]
    [InlineData("async Task M() { Func<int> f = () => { Block(); return 1; }; var x = [|f()|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|Load()|]; await Task.Yield(); } void Load() { Action a = () => Block(); a(); }")]
    [InlineData("async Task M() { [|Load()|]; await Task.Yield(); } void Load() => new List<int>().ForEach(x => Block());")]
    [InlineData(
        "async Task M() { [|Load()|]; await Task.Yield(); } void Load() => new List<int>().ForEach(Each); void Each(int x) => Block();")]
    [InlineData("async Task M(List<int> l) { l.ForEach([|Each|]); await Task.Yield(); } void Each(int x) => Block();")]
    [InlineData("async Task M(List<int> l) { l.ForEach(x => [|Block()|]); await Task.Yield(); }")]
    [InlineData(
        "async Task M() { [|Other.Load<int>()|]; await Task.Yield(); } static class Other { public static T Load<T>() { Block(); return default!; } }")]
    [InlineData(
        "async Task M() { [|Ext(1)|]; [|1.Ext()|]; await Task.Yield(); } } static class E { public static void Ext(this int x) => Thread.Sleep(x); } partial class C { void Ext(int x) => x.Ext();")]
    [InlineData(
        "async Task M() { Load(await Task.FromResult(1)); await Task.Yield(); } void Load(int x) { } async ValueTask N() { [|Load2(await Task.FromResult(1))|]; } void Load2(int x) => Block();")]
    [InlineData("async Task M() { [|A(3)|]; await Task.Yield(); } void A(int n) { if (n > 0) A(n - 1); else Block(); }")]
    [InlineData(
        "async Task M() { [|A()|]; [|B()|]; await Task.Yield(); } void A() { B(); } void B() { if (DateTime.Now.Ticks == 0) A(); Block(); }")]
    [InlineData("async Task M(C? o) { o?[|.Load()|]; await Task.Yield(); } void Load() => Block();")]
    [InlineData("async Task RunAsync() { [|Run()|]; await Task.Yield(); } void Run() => Block();")]
    [InlineData("async Task M(string p) { lock (p) { [|Block()|]; } await Task.Yield(); }")]
    [InlineData("async Task M() { await Task.Run(async () => { [|Block()|]; await Task.Yield(); }); }")]
    public Task Method_ThatReachesABlockingCall_IsReported(string source) => Reports(source + Block);

    // Properties, indexers, events, operators, constructors, Dispose, iterators, Lazy, statics
    [Theory]
    [InlineData("async Task M() { var x = [|P|]; await Task.Yield(); } int P { get { Block(); return 1; } }")]
    [InlineData("async Task M() { var x = [|P|]; await Task.Yield(); } int P => Q(); int Q() { Block(); return 1; }")]
    [InlineData("async Task M() { [|P|] = 1; await Task.Yield(); } int P { get => 1; set => Block(); }")]
    [InlineData("async Task M() { [|P|]++; [|P|] += 1; await Task.Yield(); } int P { get => 1; set => Block(); }")]
    [InlineData("async Task M() { var x = new C { [|P|] = 1 }; await Task.Yield(); } int P { get => 1; set => Block(); }")]
    [InlineData("async Task M() { var x = [|this[1]|]; await Task.Yield(); } int this[int i] { get { Block(); return 1; } }")]
    [InlineData("async Task M() { [|E += () => { }|]; await Task.Yield(); } event Action E { add => Block(); remove { } }")]
    [InlineData(
        "async Task M(X a) { var b = [|a + a|]; await Task.Yield(); } class X { public static X operator +(X a, X b) { Block(); return a; } }")]
    [InlineData(
        "async Task M(X a) { var b = [|-a|]; [|a++|]; a = [|(a)++|]; await Task.Yield(); } class X { public static X operator -(X a) { Block(); return a; } public static X operator ++(X a) { Block(); return a; } }")]
    [InlineData(
        "async Task M(X a) { var b = [|(int)a|]; int c = [|a|]; await Task.Yield(); } class X { public static implicit operator int(X a) { Block(); return 1; } }")]
    [InlineData("async Task M() { var x = [|new X()|]; await Task.Yield(); } class X { public X() => Block(); }")]
    [InlineData(
        "async Task M() { X x = [|new()|]; await Task.Yield(); } class X { int _f = Get(); static int Get() { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { X x = [|new()|]; await Task.Yield(); } class X { int F { get; } = Get(); static int Get() { Block(); return 1; } }")]
    [InlineData(
        "async Task M() { var x = [|new X(1)|]; await Task.Yield(); } class X { public X() => Block(); public X(int i) : this() { } }")]
    [InlineData("async Task M() { var x = [|new Y()|]; await Task.Yield(); } class X { protected X() => Block(); } class Y : X { }")]
    [InlineData(
        "async Task M() { var x = [|new Y(1)|]; await Task.Yield(); } class X { protected X() => Block(); } class Y : X { public Y(int i) { } }")]
    [InlineData(
        "async Task M() { var x = [|new Y(1)|]; await Task.Yield(); } record X(int A) { int _b = Get(); static int Get() { Block(); return 1; } } record Y(int B) : X(B);")]
    [InlineData(
        "async Task M() { {|#0:using|} var x = new X(); await Task.Yield(); } class X : IDisposable { public void Dispose() => Block(); }")]
    [InlineData(
        "async Task M() { {|#0:using|} (var x = new X()) { await Task.Yield(); } } class X : IDisposable { void IDisposable.Dispose() => Block(); }")]
    [InlineData(
        "async Task M(X x) { {|#0:using|} (x) { await Task.Yield(); } } class X : IDisposable { public void Dispose() => Block(); }")]
    [InlineData(
        "async Task M() { foreach (var x in [|Rows()|]) { } await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "async Task M() { var rows = Rows().Where(r => r > 1); foreach (var x in [|rows|]) { } await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "async Task M() { var all = [|Rows().Select(r => r + 1).ToList()|]; await Task.Yield(); } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "async Task M() { var first = [|Rows.First()|]; await Task.Yield(); } IEnumerable<int> Rows { get { Block(); yield return 1; } }")]
    [InlineData(
        "async Task M() { var all = [|Load()|]; await Task.Yield(); } List<int> Load() { var l = new List<int>(); foreach (var r in Rows()) l.Add(r); return l; } IEnumerable<int> Rows() { Block(); yield return 1; }")]
    [InlineData(
        "async Task M(Bag b) { foreach (var x in [|b|]) { } await Task.Yield(); } class Bag : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { Block(); yield return 1; } System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator(); }")]
    [InlineData(
        "async Task M(Bag b) { foreach (var x in [|b|]) { } await Task.Yield(); } class Bag { public Walk GetEnumerator() => new Walk(); public struct Walk { public int Current => 1; public bool MoveNext() { Block(); return false; } } }")]
    [InlineData(
        "async Task M() { [|Hash()|]; await Task.Yield(); } byte[] Hash() { using (var f = File.OpenRead(\"a\")) using (var h = System.Security.Cryptography.SHA256.Create()) { return h.ComputeHash(f); } }")]
    [InlineData(
        "async Task M() { [|Copy()|]; await Task.Yield(); } void Copy() { using var f = File.OpenRead(\"a\"); var m = new MemoryStream(); f.CopyTo(m); }")]
    [InlineData(
        "async Task M(byte[] d) { [|Load(d)|]; await Task.Yield(); } void Load(byte[] d) { var p = Open(d); p.Inner.WriteByte(1); } Packet Open(byte[] d) { if (d.Length > 0) return new Packet(File.OpenRead(\"a\")); Stream m = new MemoryStream(d); return new Packet(m); } class Packet { public Packet(Stream s) => Inner = s; public Stream Inner { get; } }")]
    [InlineData(
        "readonly System.Collections.Concurrent.BlockingCollection<int> _q = new System.Collections.Concurrent.BlockingCollection<int>(10); async Task M() { [|Put(1)|]; await Task.Yield(); } void Put(int i) => _q.Add(i);")]
    [InlineData(
        "async Task M(Stream s) { [|Hash(s)|]; await Task.Yield(); } void Hash(Stream s) { var p = new Packet(s); p.Write(); } class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public void Write() => _inner.WriteByte(1); }")]
    [InlineData(
        "async Task M(Stream s) { [|Hash(s)|]; await Task.Yield(); } void Hash(Stream s) { var p = new Packet(new Through(s)); p.Write(); } class Packet { readonly Stream _inner; public Packet(Stream s) => _inner = s; public void Write() => _inner.WriteByte(1); } class Through : Stream { readonly Stream _inner; public Through(Stream s) => _inner = s; public override bool CanRead => false; public override bool CanSeek => false; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; } public override void Flush() { } public override int Read(byte[] b, int o, int c) => 0; public override long Seek(long o, SeekOrigin s) => 0; public override void SetLength(long v) { } public override void Write(byte[] b, int o, int c) => _inner.Write(b, o, c); }")]
    [InlineData(
        "async Task M() { [|Copy()|]; await Task.Yield(); } void Copy() { Stream s = new MemoryStream(); s = File.OpenRead(\"a\"); Read(s); } int Read(Stream s) => s.ReadByte();")]
    [InlineData("static readonly Func<int> F = () => { Block(); return 1; }; async Task M() { var x = [|F()|]; await Task.Yield(); }")]
    [InlineData(
        "class Action { } static readonly System.Action F = () => Block(); static void Get() => F(); async Task M() { [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "class BlockingAttribute : Attribute { } class S { [Blocking] public string Text { get; set; } = \"\"; } async Task M(S s) { var x = [|s.Text|]; await Task.Yield(); }")]
    // Not the first time only: forgotten again, the other way round, or something else that is looked at
    [InlineData(
        "object _p; object P { get { if (_p != null) { _p = Load(); } return _p; } } object Load() { Block(); return 1; } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    [InlineData(
        "object _p, _q; object P { get { if (_q == null) { _p = Load(); } return _p; } } object Load() { Block(); return 1; } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    [InlineData(
        "static bool s_busy; static void Run() { if (s_busy) return; Block(); s_busy = false; } async Task M() { [|Run()|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object _gate = new object(); object Get() { lock (_gate) { Block(); if (_p == null) _p = new object(); return _p; } } async Task M() { var x = [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object _gate = new object(); object Get() { lock (_gate) { if (_p == null) Block(); return _p; } } async Task M() { var x = [|Get()|]; await Task.Yield(); }")]
    [InlineData(
        "object _p; object P { get { Block(); return _p ??= new object(); } } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    [InlineData(
        "object P { get { object p = null; p ??= Load(); return p; } } object Load() { Block(); return 1; } async Task M() { var x = [|P|]; await Task.Yield(); }")]
    public async Task Member_ThatReachesABlockingCall_IsReported(string source) =>
    await Reports(source.Replace("{|#0:using|}", "[|using|]") + Block);

    // What the constants of a call do not exclude
    [Theory]
    [InlineData("async Task M() { [|Load(true)|]; await Task.Yield(); } void Load(bool deep) { if (deep) Block(); }")]
    [InlineData("async Task M(bool deep) { [|Load(deep)|]; await Task.Yield(); } void Load(bool deep) { if (deep) Block(); }")]
    [InlineData("async Task M() { [|Load(false)|]; await Task.Yield(); } void Load(bool deep) { if (deep) return; Block(); }")]
    [InlineData("async Task M() { [|Load(false)|]; await Task.Yield(); } void Load(bool deep) { deep = true; if (deep) Block(); }")]
    [InlineData(
        "async Task M() { [|Load(2)|]; await Task.Yield(); } int Load(int which) { switch (which) { case 1: return 1; case 2: Block(); return 2; } return 0; }")]
    [InlineData(
        "async Task M() { [|Load(3)|]; await Task.Yield(); } int Load(int which) { switch (which) { case 1: return 1; default: Block(); return 2; } }")]
    [InlineData(
        "async Task M() { [|Load(false)|]; await Task.Yield(); } void Load(bool deep) { if (deep) Other(); Block(); } void Other() => Block();")]
    [InlineData("async Task M() { [|Load()|]; await Task.Yield(); } void Load(bool deep = true) { if (deep) Block(); }")]
    [InlineData(
        "async Task M() { [|Outer(true)|]; await Task.Yield(); } void Outer(bool deep) => Load(deep); void Load(bool deep) { if (deep) Block(); }")]
    public Task BranchThatConstantsReach_IsReported(string source) => Reports(source + Block);

    // Sequences that block where they are enumerated, handed out
    [Theory]
    [InlineData(
        "async Task M(BlockingCollection<int> q) { foreach (var x in [|Rows(q)|]) await Task.Yield(); } IEnumerable<int> Rows(BlockingCollection<int> q) => q.GetConsumingEnumerable();")]
    [InlineData(
        "async Task M(BlockingCollection<int> q) { foreach (var x in [|Rows(q)|]) await Task.Yield(); } IEnumerable<int> Rows(BlockingCollection<int> q) { return q.GetConsumingEnumerable().Select(x => x + 1); }")]
    [InlineData(
        "async Task M(BlockingCollection<int> q) { var all = [|Big(q).ToList()|]; await Task.Yield(); } IEnumerable<int> Big(BlockingCollection<int> q) => Rows(q).Where(x => x > 9); IEnumerable<int> Rows(BlockingCollection<int> q) => q.GetConsumingEnumerable();")]
    [InlineData(
        "async Task M() { foreach (var x in [|Fresh()|]) await Task.Yield(); } IEnumerable<int> Fresh() => Rows().Where(x => x > 1); IEnumerable<int> Rows() { Block(); yield return 1; }")]
    public Task SequenceThatIsHandedOut_IsReportedWhereItIsEnumerated(string source) =>
        Reports(source + Block, RuleTestOptions.Default with { ExtraUsings = ["System.Collections.Concurrent"] });

    // Text writers
    [Theory]
    [InlineData("async Task M(TextWriter w) { [|Render(w)|]; await Task.Yield(); } void Render(TextWriter w) => w.Write(\"x\");")]
    [InlineData("async Task M(TextWriter w) { [|Render(w)|]; await Task.Yield(); } void Render(TextWriter w) => w.Flush();")]
    [InlineData(
        "async Task M(Stream s) { [|using|] var p = new Page(new StreamWriter(s)); await Task.Yield(); } class Page : IDisposable { readonly TextWriter _w; public Page(TextWriter w) => _w = w; public void Dispose() { _w.WriteLine(); } }")]
    public Task TextWriter_ThatMayNotBeInMemory_IsReported(string source) => Reports(source);

    // Interfaces, virtual members, marks, catalog
    [Theory]
    [InlineData(
        "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } interface IStore { void Save(); } class Store : IStore { public void Save() => Block(); }")]
    [InlineData(
        "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } interface IStore { void Save(); } class A : IStore { public void Save() => Block(); } class B : IStore { void IStore.Save() => Block(); }")]
    [InlineData(
        "async Task M(IStore<int> s) { [|s.Save(1)|]; await Task.Yield(); } interface IStore<T> { void Save(T t); } class Store : IStore<int> { public void Save(int t) => Block(); }")]
    [InlineData(
        "async Task M<T>(T s) where T : IStore { [|s.Save()|]; await Task.Yield(); } interface IStore { void Save(); } class Store : IStore { public void Save() => Block(); }")]
    [InlineData(
        "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } interface IStore { void Save() => Block(); } class Store : IStore { }")]
    [InlineData(
        "async Task M(IStore s) { var x = [|s.Name|]; await Task.Yield(); } interface IStore { string Name { get; } } class Store : IStore { public string Name { get { Block(); return \"\"; } } }")]
    [InlineData(
        "async Task M(Base b) { [|b.Save()|]; await Task.Yield(); } abstract class Base { public abstract void Save(); } class Store : Base { public override void Save() => Block(); }")]
    [InlineData("async Task M(Base b) { [|b.Save()|]; await Task.Yield(); } class Base { public virtual void Save() => Block(); }")]
    [InlineData(
        "async Task M(Store b) { [|b.Save()|]; await Task.Yield(); } class Base { public virtual void Save() { } } class Store : Base { public override void Save() => Block(); }")]
    [InlineData(
        "async Task M(Base b) { [|b.Run()|]; await Task.Yield(); } abstract class Base { public void Run() => Save(); protected abstract void Save(); } class Store : Base { protected override void Save() => Block(); }")]
    [InlineData(
        "class Base { public virtual void Save() => Block(); } class Store : Base { public override void Save() { } async Task M() { [|base.Save()|]; await Task.Yield(); } }")]
    [InlineData(
        "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } interface IStore { [Blocking] void Save(); } class BlockingAttribute : Attribute { }")]
    [InlineData(
        "async Task M() { [|Save()|]; await Task.Yield(); } [Mine.Blocking] void Save() { } } namespace Mine { class BlockingAttribute : Attribute { } } partial class D {")]
    [InlineData(
        "async Task M() { [|Save()|]; await Task.Yield(); } void Save() => Native(); [Blocking] static extern void Native(); class BlockingAttribute : Attribute { }")]
    [InlineData(
        "async Task M() { var x = [|P|]; await Task.Yield(); } [Blocking] int P { get; set; } class BlockingAttribute : Attribute { }")]
    [InlineData(
        "async Task M(System.Net.NetworkInformation.Ping p) { [|Load(p)|]; await Task.Yield(); } void Load(System.Net.NetworkInformation.Ping p) => p.Send(\"x\");")]
    public Task DispatchedOrMarkedMember_ThatBlocks_IsReported(string source) => Reports(source + Block);

    [Fact]
    public Task AssemblyMark_IsReported() => Reports(
        """
        using System;
        using System.Threading.Tasks;

        [assembly: BlockingAttribute("M:Db.Load(System.Int32)")]

        class BlockingAttribute : Attribute { public BlockingAttribute(string id) { } }

        class Db { public void Load(int x) { } public void Load(string x) { } }

        class C
        {
            async Task M(Db db) { [|db.Load(1)|]; db.Load(""); [|Through(db)|]; await Task.Yield(); }
            void Through(Db db) => db.Load(2);
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task MarkInAReferencedProject_IsReported() => Reports(
        """
        async Task M(Db db) { [|db.Load()|]; db.Peek(); [|Through(db)|]; await Task.Yield(); }
        void Through(Db db) => db.Load();
        """,
        RuleTestOptions.Default with
        {
            ReferencedProjects = [new ReferencedProject("Library",
                [("Db.cs",
                    "public class BlockingAttribute : System.Attribute { } public class Db { [Blocking] public void Load() { } public void Peek() { } }")])],
        });

    [Fact]
    public Task MarksOfTheRuntimeLibrary_OnMembersAndAssemblies_AreRead() => Reports(
        """
        using System.Threading.Tasks;

        [assembly: AsyncGuard.Blocking("M:Db.Load")]
        [assembly: AsyncGuard.NonBlocking("M:Db.Peek")]

        class Db
        {
            public void Load() { }
            public void Peek() => System.Threading.Thread.Sleep(1);
            [AsyncGuard.Blocking] public void Save() { }
        }

        class C
        {
            async Task M(Db db) { [|db.Load()|]; db.Peek(); [|db.Save()|]; await Task.Yield(); }
        }
        """,
        RuleTestOptions.File with { ExtraReferences = [RuntimeLibrary.Reference] });

    [Fact]
    public Task MarkedConstructorAndIndexer_OfAReferencedProject_AreReported() => Reports(
        """
        async Task M(Db db) { var x = [|new Db()|]; var y = [|db[1]|]; [|Through(db)|]; await Task.Yield(); }
        int Through(Db db) => db[2];
        """,
        RuleTestOptions.Default with
        {
            ReferencedProjects = [new ReferencedProject("Library",
                [("Db.cs",
                    "public class BlockingAttribute : System.Attribute { } public class Db { [Blocking] public Db() { } [Blocking] public int this[int i] => i; }")])],
        });

    [Fact]
    public Task PartialClassInAnotherFile_IsFollowed() => Reports(
        "async Task M() { [|Load()|]; await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.cs",
            "partial class C { void Load() => System.Threading.Thread.Sleep(1); }")]
        });

    [Fact]
    public Task GeneratedCode_IsFollowedButNotReported() => Reports(
        "async Task M() { [|Load()|]; await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            OtherFiles = [("Other.g.cs",
            "partial class C { void Load() => System.Threading.Thread.Sleep(1); async System.Threading.Tasks.Task G() { Load(); } }")]
        });

    [Fact]
    public Task Message_ShowsTheWay() => Reports(
        """
        async Task M() { {|#0:Load()|}; await Task.Yield(); }
        void Load() { {|#1:Parse()|}; }
        void Parse() => {|#2:Thread.Sleep(1)|};
        """,
        RuleTestOptions.Default with
        {
            Expected =
            [
                new DiagnosticResult("AGD0105", DiagnosticSeverity.Warning).WithLocation(0).WithLocation(1).WithLocation(2)
                    .WithMessage(
                    "'Load' blocks the thread in async code: Load → Parse → Thread.Sleep; move it to another thread with 'Task.Run', or make it async"),
            ],
        });

    [Theory]
    [InlineData(
        "async Task M(X x) { [|var (a, b) = x|]; await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { int a, b; [|(a, b) = x|]; await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { [|var ((a, b), c) = (x, 1)|]; await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(List<X> l) { foreach (var (a, b) in [|l|]) await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { if (x is [|(1, var b)|]) await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { [|Load(x)|]; await Task.Yield(); } void Load(X x) { var (a, b) = x; } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { [|Load(x)|]; await Task.Yield(); } void Load(X x) { int a, b; (a, b) = x; } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    public Task Deconstruction_ThatBlocks_IsReported(string source) => Reports(source + Block);

    [Theory]
    [InlineData(
        "async Task M(X x, Y y) { var (a, b) = y; (a, b) = (b, a); await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } } class Y { public void Deconstruct(out int a, out int b) { a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { var f = () => { var (a, b) = x; return a + b; }; await Task.Run(f); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    [InlineData(
        "async Task M(X x) { if (x is { }) await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }")]
    public Task Deconstruction_ThatDoesNot_IsNotReported(string source) => Silent(source + Block);

    [Fact]
    public Task Deconstruction_IntoNewLocals_HasNoFix() => NoFix(
        "async Task M(X x) { [|var (a, b) = x|]; await Task.Yield(); } class X { public void Deconstruct(out int a, out int b) { Block(); a = b = 1; } }"
        + Block);
}

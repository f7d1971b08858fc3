using System.Collections.Immutable;
using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class CpuWorkTests
{
    // Little to do, or an unknown amount
    [Theory]
    [InlineData("async Task M() { var x = 0; for (var i = 0; i < 1_000_000; i++) x += i; await Task.Yield(); }")]
    [InlineData("async Task M() { var x = 0; for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) x += i; await Task.Yield(); }")]
    [InlineData("async Task M(int n) { var x = 0; for (var i = 0; i < n; i++) x += i; await Task.Yield(); }")]
    [InlineData("async Task M(int n) { n = 1_000_000_000; n = 3; var x = 0; for (var i = 0; i < n; i++) x += i; await Task.Yield(); }")]
    [InlineData("async Task M() { var n = 1_000_000_000; n--; var x = 0; for (var i = 0; i < n; i++) x += i; await Task.Yield(); }")]
    [InlineData("int _n = 1_000_000_000; async Task M() { var x = 0; for (var i = 0; i < _n; i++) x += i; await Task.Yield(); }")]
    [InlineData("async Task M(List<int> a) { var x = 0; foreach (var i in a) foreach (var j in a) x += i; await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> a) { var x = 0; for (var k = 0; k < 100_000; k++) foreach (var j in a) x += j; await Task.Yield(); }")]
    [InlineData("async Task M() { var x = 0; while (x >= 0) x = Next(x); await Task.Yield(); } int Next(int x) => x + 1;")]
    [InlineData("async Task M() { var x = 0; for (;;) { if (x++ > 3) break; } await Task.Yield(); }")]
    [InlineData("async Task M() { for (var i = 1; i < 1_000_000_000; i *= 2) { } await Task.Yield(); }")]
    [InlineData("async Task M() { var x = 1 << 30; while (x > 0) x >>= 1; await Task.Yield(); }")]
    [InlineData("async Task M(int n) { var i = 0; var x = 0; i = n; while (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData("async Task M(int n) { var i = 0; var x = 0; if (n > 1) i = n; while (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData("async Task M(int n) { var i = 0; var x = 0; while (i < 1_000_000_000) { x += i; i++; if (x > n) i = 1_000_000_000; } await Task.Yield(); }")]
    [InlineData("async Task M() { var i = 0; var x = 0; Action end = () => i = 1_000_000_000; while (i < 1_000_000_000) { x += i; i++; end(); } await Task.Yield(); }")]
    [InlineData("async Task M() { var i = 0; var x = 0; i = 999_999_999; while (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var i = 0; while (i < 1_000_000_000) { if (i > 5) { i += 100_000_000; continue; } i++; } await Task.Yield(); }")]
    [InlineData("async Task M() { for (var i = 0; i < 1_000_000_000; i++) i += 1000; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { for (var i = 0; i < 1_000_000_000; i++) Skip(ref i); await Task.Yield(); } void Skip(ref int i) => i += 1000;")]
    [InlineData("async Task M() { for (uint i = 5; i > 0; i--) { } await Task.Yield(); }")]
    [InlineData("async Task M() { for (var i = 0; i > 1_000_000_000; i--) { } await Task.Yield(); }")]
    [InlineData("async Task M() { foreach (var i in Enumerable.Range(0, 1000)) { } await Task.Yield(); }")]
    // A search that ends when it has found something
    [InlineData(
        "async Task<string> M(HashSet<string> known) { await Task.Yield(); for (var i = 1; i < int.MaxValue; i++) { if (!known.Contains(\"n\" + i)) return \"n\" + i; } return \"\"; }")]
    [InlineData(
        "async Task M(HashSet<int> known) { var free = 0; for (var i = 0; i < int.MaxValue; i++) { if (!known.Contains(i)) { free = i; break; } } await Task.Yield(); }")]
    [InlineData("async Task M(bool[] done) { for (var i = 0; i < int.MaxValue && !done[0]; i++) { } await Task.Yield(); }")]
    [InlineData("async Task M() { for (var i = 0; i < 1_000_000_000; i++) { if (i > 5) goto done; } done: await Task.Yield(); }")]
    // Rarely
    [InlineData(
        "async Task M() { var x = 0; for (var i = 0; i < 1_000_000; i++) { if (i % 1000 == 0) { for (var j = 0; j < 10_000; j++) x++; } } await Task.Yield(); }")]
    [InlineData(
        "async Task M(int x) { Check(x); await Task.Yield(); } void Check(int x) { if (x < 0) throw new Exception(Burn().ToString()); }")]
    // Gives its thread back
    [InlineData("async Task M() { for (var i = 0; i < 1_000_000_000; i++) await Task.Yield(); }")]
    [InlineData(
        "async Task M() { for (var i = 0; i < 1_000_000_000; i++) { for (var j = 0; j < 1000; j++) { if (j == 5) await Task.Delay(1); } } }")]
    [InlineData("async IAsyncEnumerable<int> M() { await Task.Yield(); for (var i = 0; i < 1_000_000_000; i++) yield return i; }")]
    [InlineData("async Task M(IAsyncEnumerable<int> a) { for (var i = 0; i < 1_000_000_000; i++) { await foreach (var x in a) { } } }")]
    // Another thread, or no async code
    [InlineData("async Task M() { await Task.Run(() => { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x++; }); }")]
    [InlineData("async Task M() { await Task.Run(() => Burn()); await Task.Run(Burn); }")]
    [InlineData("async Task M() { await Task.Run(async () => { Burn(); await Task.Yield(); }); }")]
    [InlineData("async Task M() { await Task.Run(Work); } private async Task Work() { Burn(); await Task.Yield(); }")]
    [InlineData("async Task M() { new Thread(() => Burn()).Start(); await Task.Factory.StartNew(() => Burn()); }")]
    [InlineData("async Task M() { Parallel.For(0, 10, i => { Burn(); }); await Task.Yield(); }")]
    [InlineData("void M() { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x++; Burn(); }")]
    [InlineData("static void Main() => Burn();")]
    [InlineData("async Task M() { Action a = () => Burn(); Func<int> b = Burn; var n = nameof(Burn); await Task.Yield(); }")]
    [InlineData("async Task M() { System.Linq.Expressions.Expression<Func<int>> e = () => Burn(); await Task.Yield(); }")]
    [InlineData("async Task M() { await LoadAsync(); } Task LoadAsync() => Task.Run(() => Burn());")]
    [InlineData(
        "async Task M() { var rows = Rows().Where(x => x > 1); await Task.Yield(); } IEnumerable<int> Rows() { Burn(); yield return 1; }")]
    // Who answers cannot be seen
    [InlineData(
        "async Task M(IStore s) { s.Save(); await Task.Yield(); } interface IStore { void Save(); } class A : IStore { public void Save() => Burn(); } class B : IStore { public void Save() { } }")]
    [InlineData("async Task M(Func<int> f) { f(); await Task.Yield(); }")]
    // Marked
    [InlineData(
        "async Task M() { Load(); await Task.Yield(); } [NonBlocking] void Load() => Burn(); class NonBlockingAttribute : Attribute { }")]
    // Reported by other rules
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() => Burn(); Task LoadAsync() => Task.CompletedTask;")]
    [InlineData("async Task M() { Load(); await Task.Yield(); } void Load() { Thread.Sleep(1); Burn(); }")]
    public Task Code_ThatTakesLittleOrIsElsewhere_IsSilent(string source) => Silent(source + Burn);

    // However much is called, it is not long without a loop that says so
    [Fact]
    public Task CallsUponCalls_AreSilent() => Silent(
        """
        async Task M() { A1(); await Task.Yield(); }
        void A1() { foreach (var x in All()) { A2(); A2(); A2(); A2(); A2(); A2(); A2(); A2(); A2(); A2(); } }
        void A2() { foreach (var x in All()) { A3(); A3(); A3(); A3(); A3(); A3(); A3(); A3(); A3(); A3(); } }
        void A3() { foreach (var x in All()) { A4(); A4(); A4(); A4(); A4(); A4(); A4(); A4(); A4(); A4(); } }
        void A4() { foreach (var x in All()) { A5(); A5(); A5(); A5(); A5(); A5(); A5(); A5(); A5(); A5(); } }
        void A5() { foreach (var x in All()) { A6(); A6(); A6(); A6(); A6(); A6(); A6(); A6(); A6(); A6(); } }
        void A6() { for (var i = 0; i < 16; i++) { foreach (var x in All()) x.ToString(); } }
        List<int> All() => new();
        """);

    [Fact]
    public Task Circles_End() => Silent(
        """
        async Task M() { A(1); D(); await Task.Yield(); }
        void A(int n) { for (var i = 0; i < 1000; i++) B(n); }
        void B(int n) { for (var i = 0; i < 1000; i++) G(n); }
        void G(int n) { for (var i = 0; i < 1000; i++) if (n > 0) A(n - 1); }
        void D() { D(); E(); }
        void E() { D(); E(); F(); }
        void F() => E();
        """.Replace("1000", "100"));

    [Theory]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = Rfc2898DeriveBytes.Pbkdf2(p, s, 1000, HashAlgorithmName.SHA256, 32); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = Derive(p, s, 1); var l = Key(p); await Task.Yield(); } static byte[] Derive(string p, byte[] s, int rounds) => Rfc2898DeriveBytes.Pbkdf2(p, s, rounds, HashAlgorithmName.SHA256, 32); static byte[] Key(string p) => Derive(p, new byte[1], 2);")]
    [InlineData(
        "async Task M(C c) { var x = c.Touch(); await Task.Yield(); } int Touch() => Keys.Size; static class Keys { public static readonly RSA Key = RSA.Create(4096); public static readonly int Size = Key.KeySize; }")]
    [InlineData(
        "async Task M(string p, byte[] s) { const int n = 100; var k = Rfc2898DeriveBytes.Pbkdf2(p, s, n, HashAlgorithmName.SHA256, 32); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s) { using var d = new Rfc2898DeriveBytes(p, s, 1000, HashAlgorithmName.SHA256); var k = d.GetBytes(32); await Task.Yield(); }")]
    [InlineData(
        "async Task M() { using var rsa = RSA.Create(); using var small = RSA.Create(512); using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256); await Task.Yield(); }")]
    [InlineData(
        "async Task M(byte[] a, byte[] b) { BrotliEncoder.TryCompress(a, b, out var n, 4, 22); BrotliEncoder.TryCompress(a, b, out n); await Task.Yield(); }")]
    [InlineData(
        "async Task M(byte[] a) { var h = SHA256.HashData(a); using var sha = SHA512.Create(); sha.ComputeHash(a); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32)); }")]
    [InlineData("byte[] M(string p, byte[] s) => Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32);")]
    public Task Api_ThatIsAskedToDoLittle_IsSilent(string source) => Silent(source, Crypto);

    [Fact]
    public Task Hash_WithAnAwaitableCounterpart_IsSilent() => Silent(
        "async Task M(Konscious.Security.Cryptography.Argon2id a) { var k = a.GetBytes(16); var i = SixLabors.ImageSharp.Image.Load(Stream.Null); var b = new System.Drawing.Bitmap(1, 1); await Task.Yield(); }",
        RuleTestOptions.Default with { Stubs = [Stubs.Argon2, Stubs.ImageSharp, Stubs.SystemDrawing] });

    [Theory]
    [InlineData("(a+)+")] // matches at once
    [InlineData("^a+b+c+$")]
    [InlineData(@"^(\d{1,3}\.){3}\d{1,3}$")]
    [InlineData(@"^(\w+\s)*$")]
    [InlineData(@"^(?:[a-z]+-)*[a-z]+$")]
    [InlineData(@"(\d+,)*\d+$")]
    [InlineData(@"^([a-z0-9]+\.)+[a-z]{2,}$")]
    [InlineData(@"^(a+)+.*$")]
    [InlineData(@"^(?>(a+)+)$")]
    [InlineData(@"^(a|b)*$")]
    [InlineData(@"^(\s+|\s+$)")]
    [InlineData(@"^(a+)\1+$")]
    [InlineData(@"(")]
    [InlineData(@"^[^@]+@[^@]+(\.[^@.]+)+$")]
    [InlineData("^(\u00e4+)+$")]
    [InlineData(@"^(([a-z]{2,3}){1,2})$")]
    public Task Regex_ThatCannotBacktrackFar_IsSilent(string pattern) => Silent(
        $"async Task M(string s) {{ var x = Regex.IsMatch(s, @\"{pattern}\"); await Task.Yield(); }}",
        RuleTestOptions.Default with { ExtraUsings = ["System.Text.RegularExpressions"] });

    [Theory]
    [InlineData("async Task M(string s) { var x = Regex.IsMatch(s, \"(a+)+$\", RegexOptions.NonBacktracking); await Task.Yield(); }")]
    [InlineData(
        "async Task M(string s) { var x = Regex.IsMatch(s, \"(a+)+$\", RegexOptions.None, TimeSpan.FromSeconds(1)); await Task.Yield(); }")]
    [InlineData("async Task M(string s, RegexOptions o) { var x = Regex.IsMatch(s, \"(a+)+$\", o); await Task.Yield(); }")]
    [InlineData("async Task M(string s, string p) { var x = Regex.IsMatch(s, p); await Task.Yield(); }")]
    [InlineData("async Task M() { var x = Regex.IsMatch(\"aaaa\", \"(a+)+$\"); await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var x = new Regex(\"(a+)+$\"); await Task.Yield(); }")]
    [InlineData("Regex _rows = new Regex(\"(a+)+$\"); async Task M(string s) { var x = _rows.IsMatch(s); await Task.Yield(); }")]
    [InlineData(
        "partial class R { [GeneratedRegex(\"(a+)+$\", RegexOptions.None, 1000)] public static Regex Rows() => null!; } async Task M(string s) { var x = R.Rows().IsMatch(s); await Task.Yield(); }")]
    public Task Regex_ThatIsNotTheUsualOne_IsSilent(string source) =>
    Silent(source, RuleTestOptions.Default with { ExtraUsings = ["System.Text.RegularExpressions"] });

    [Theory]
    [InlineData(
        "async Task M(List<Order> a) { var n = 0; foreach (var o in a) foreach (var i in o.Items) foreach (var t in i.Tags) n++; await Task.Yield(); } class Order { public List<Item> Items = new(); } class Item { public List<string> Tags = new(); }")]
    [InlineData(
        "async Task M(int[][][] a) { var n = 0; for (var i = 0; i < a.Length; i++) for (var j = 0; j < a[i].Length; j++) for (var k = 0; k < a[i][j].Length; k++) n++; await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> a) { foreach (var x in a) foreach (var y in a) foreach (var z in a) { if (x == z) return; } await Task.Yield(); }")]
    [InlineData("async Task M(List<int> a) { foreach (var x in a) foreach (var y in a) foreach (var z in a) await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> a) { foreach (var x in a) foreach (var y in a) { foreach (var z in new[] { 1, 2 }) { } } await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> a) { foreach (var x in a) foreach (var y in a) foreach (var z in a) File.ReadAllText(\"x\"); await Task.Yield(); }")]
    [InlineData(
        "async Task M(Node n) { Visit(n, 9); await Task.Yield(); } void Visit(Node n, int depth) { Visit(n.Left, depth - 1); Visit(n.Right, depth - 1); } class Node { public Node Left = null!, Right = null!; }")]
    [InlineData(
        "async Task M(int[] a) { Sort(a, 0, 9); await Task.Yield(); } void Sort(int[] a, int from, int to) { if (from >= to) return; var p = (from + to) / 2; Sort(a, from, p - 1); Sort(a, p + 1, to); }")]
    [InlineData(
        "async Task M() { Fib(3); await Task.Yield(); } Dictionary<int, int> _known = new(); int Fib(int n) { if (_known.TryGetValue(n, out var x)) return x; return _known[n] = Fib(n - 1) + Fib(n - 2); }")]
    [InlineData("async Task M() { Step(3); await Task.Yield(); } int Step(int n) => n % 2 == 0 ? Step(n - 1) : Step(n - 2);")]
    [InlineData(
        "async Task M() { Step(3); await Task.Yield(); } int Step(int n) { if (n > 5) return Step(n - 3); switch (n) { case 1: return Step(n - 1); default: return n; } }")]
    [InlineData("async Task M() { Step(3); await Task.Yield(); } void Step(int n) { if (n > 5) { Step(n - 3); return; } Step(n - 1); }")]
    public Task WorkThatGoesOnceThroughItsData_IsSilent(string source) => Silent(source);

    [Fact]
    public Task Budget_IsConfigured() => Silent(
        "async Task M() { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x += i; await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_cpu_budget",
            "10_000_000_000")
        });

    [Fact]
    public Task SmallBudget_IsConfigured() => Reports(
        "async Task M(List<int> a) { var x = 0; [|for|] (var i = 0; i < 1000; i++) x += i; foreach (var y in a) x += y; await Task.Yield(); }",
        RuleTestOptions.Default with { GlobalConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_cpu_budget", "1000") });

    [Fact]
    public Task Guess_IsConfigured() => Reports(
        "async Task M(List<int> a) { var x = 0; [|foreach|] (var y in a) foreach (var z in a) x += y; await Task.Yield(); }",
        RuleTestOptions.Default with
        {
            EditorConfig = ImmutableDictionary<string, string>.Empty.Add("asyncguard_cpu_loop_guess",
            "10_000")
        });
}

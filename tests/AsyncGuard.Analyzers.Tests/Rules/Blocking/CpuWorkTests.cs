using System.Threading.Tasks;
using AsyncGuard.Fixes.Blocking;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Blocking;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class CpuWorkTests : RuleTest<CpuWorkAnalyzer, CpuWorkFix>
{
    private const string Burn = " static int Burn() { var sum = 0; for (var i = 0; i < 1_000_000_000; i++) sum += i; return sum; }";

    // Constant loops of every kind
    [Theory]
    [InlineData("async Task M() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x += i; await Task.Yield(); }")]
    [InlineData("Task M() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x += i; return Task.CompletedTask; }")]
    [InlineData(
        "async ValueTask<int> M() { var x = 0; await Task.Yield(); [|for|] (long i = 0; i <= int.MaxValue; i += 2) x++; return x; }")]
    [InlineData(
        "async Task M() { var x = 0; [|for|] (var i = 0; i < 20_000; i++) for (var j = 0; j < 20_000; j++) x += i * j; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = 0; [|for|] (var i = 0; i < 1000; i++) { for (var j = 0; j < 1000; j++) { for (var k = 0; k < 1000; k++) x += k; } } await Task.Yield(); }")]
    [InlineData(
        "const int Size = 30_000; async Task M() { var x = 0; [|for|] (var i = 0; i < Size; i++) for (var j = i; j < Size; j++) for (int k = 0; k != 3; ++k) x += 1; await Task.Yield(); void N() { } }")]
    [InlineData("async Task M() { var n = 1_000_000_000; var x = 0; [|for|] (var i = 0; i < n; i++) x++; await Task.Yield(); }")]
    [InlineData("static readonly int N = 1 << 30; async Task M() { var x = 0; [|for|] (var i = N; i > 0; i--) x++; await Task.Yield(); }")]
    [InlineData("async Task M() { const int a = 40_000; var x = 0; [|for|] (var i = 0; a * a > i; i++) x++; await Task.Yield(); }")]
    [InlineData("async Task M() { var i = 0; var x = 0; [|while|] (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData("async Task M() { int i; var x = 0; i = 0; [|while|] (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData("async Task M() { var i = 0; var x = 0; while (i < 10) { x += i; i++; } i = 0; [|while|] (i < 1_000_000_000) { x += i; i++; } await Task.Yield(); }")]
    [InlineData("async Task M() { var i = 0; var x = 0; [|while|] (i < 1_000_000_000) { x += i; i++; } i = 5; await Task.Delay(i + x); }")]
    [InlineData("async Task M(int n) { var i = 0; var x = 0; if (n > 1) i = n; i = 0; [|while|] (i < 1_000_000_000) { x += i; i += 2; } await Task.Yield(); }")]
    [InlineData("async Task M() { var x = 0; [|foreach|] (var i in Enumerable.Range(0, 1_000_000_000)) x += i; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = 0; var all = Enumerable.Repeat(1, 500_000_000); [|foreach|] (var i in all) { x += i; } await Task.Yield(); }")]
    [InlineData(
        "static readonly byte[] Table = new byte[100_000]; async Task M() { var x = 0; [|foreach|] (var a in Table) for (var i = 0; i < Table.Length; i++) x += a; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = 0; [|do|] { for (var i = 0; i < 500_000_000; i++) x++; } while (DateTime.Now.Ticks % 2 == 0); await Task.Yield(); }")]
    [InlineData(
        "async Task M(List<int> rows) { var x = 0; [|foreach|] (var row in rows) { for (var i = 0; i < 100_000_000; i++) x += row; } await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = 1; [|for|] (var i = 0; i < 100_000_000; i++) for (var j = 1; j < 1024; j *= 2) x += j; await Task.Yield(); }")]
    [InlineData(
        "async Task M(CancellationToken token) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000 && !token.IsCancellationRequested; i++) x++; await Task.Yield(); }")]
    [InlineData(
        "async Task M(CancellationToken token) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) { token.ThrowIfCancellationRequested(); x++; } await Task.Yield(); }")]
    [InlineData(
        "async Task M(CancellationToken token) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) { if (token.IsCancellationRequested) break; x++; } await Task.Yield(); }")]
    [InlineData(
        "async Task M(int[] a) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) { if (i % 2 == 0) continue; if (x < 0) throw new Exception(); x += i; } await Task.Yield(); }")]
    [InlineData("async Task M() { while (true) { await Task.Yield(); var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; } }")]
    [InlineData(
        "async Task M() { for (var k = 0; k < 1_000_000; k++) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; await Task.Yield(); } }")]
    [InlineData(
        "async Task M(Task t) { await Local(); async Task Local() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; await t; } }")]
    [InlineData(
        "void M() { Func<Task> f = async () => { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; await Task.Yield(); }; }")]
    [InlineData(
        "async Task M(List<int> l) { l.ForEach(y => { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; }); await Task.Yield(); }")]
    [InlineData(
        "async IAsyncEnumerable<int> M() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; await Task.Yield(); yield return x; }")]
    [InlineData("async Task M() { var x = 0; lock (this) { [|for|] (var i = 0; i < 1_000_000_000; i++) x++; } await Task.Yield(); }")]
    [InlineData(
        "async Task<int> M<T>(T value) { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x += value!.GetHashCode(); await Task.Yield(); return x; }")]
    [InlineData(
        "async Task M() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) { Func<Task> f = async () => await Task.Yield(); x++; } await Task.Yield(); }")]
    public Task Loop_WhoseConstantsPassTheBudget_IsReported(string source) => Reports(source);

    // Through any number of calls
    [Theory]
    [InlineData("async Task M() { [|Burn()|]; await Task.Yield(); }")]
    [InlineData("async Task M() { [|A()|]; await Task.Yield(); } void A() => B(); void B() { if (DateTime.Now.Ticks > 0) Burn(); }")]
    [InlineData("async Task M() { var x = [|P|]; await Task.Yield(); } int P => Burn();")]
    [InlineData("async Task M() { var x = [|new X()|]; await Task.Yield(); } class X { public X() => Burn(); }")]
    [InlineData(
        "async Task M() { var x = [|new Y()|]; await Task.Yield(); } class X { public X() => Burn(); } class Y : X { public Y() { } }")]
    [InlineData("async Task M() { [|Local()|]; await Task.Yield(); void Local() => Burn(); }")]
    [InlineData("async Task M() { Func<int> f = () => Burn(); var x = [|f()|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(X a) { var b = [|a + a|]; await Task.Yield(); } class X { public static X operator +(X a, X b) { Burn(); return a; } }")]
    [InlineData(
        "async Task M(IStore s) { [|s.Save()|]; await Task.Yield(); } interface IStore { void Save(); } class A : IStore { public void Save() => Burn(); } class B : IStore { public void Save() => Burn(); }")]
    [InlineData("async Task M() { [|A(3)|]; await Task.Yield(); } void A(int n) { if (n > 0) A(n - 1); else Burn(); }")]
    [InlineData(
        "async Task M() { [|A()|]; [|B()|]; await Task.Yield(); } void A() { B(); } void B() { if (DateTime.Now.Ticks == 0) A(); Burn(); }")]
    [InlineData(
        "async Task M() { [|for|] (var i = 0; i < 100_000; i++) Row(i); await Task.Yield(); } static int Row(int y) { var x = 0; for (var i = 0; i < 10_000; i++) x += y; return x; }")]
    [InlineData(
        "async Task M() { [|Image()|]; await Task.Yield(); } void Image() { for (var y = 0; y < 50_000; y++) Line(y); } void Line(int y) { for (var x = 0; x < 50_000; x++) Pixel(x, y); } int Pixel(int x, int y) => x * y;")]
    [InlineData(
        "async Task M() { var all = [|Rows().ToList()|]; await Task.Yield(); } IEnumerable<int> Rows() { Burn(); yield return 1; }")]
    [InlineData(
        "async Task M() { var t = [|Tables.First|]; await Task.Yield(); } static class Tables { public static readonly int First = Burn(); }")]
    [InlineData(
        "async Task M() { foreach (var x in [|Rows()|]) { } await Task.Yield(); } IEnumerable<int> Rows() { Burn(); yield return 1; }")]
    public Task Call_ThatLeadsToALongLoop_IsReported(string source) => Reports(source + Burn);

    // Known heavy APIs
    [Theory]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = [|Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s, int n) { var k = [|Rfc2898DeriveBytes.Pbkdf2(p, s, n, HashAlgorithmName.SHA256, 32)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s) { using var d = new Rfc2898DeriveBytes(p, s, 100_000, HashAlgorithmName.SHA256); var k = [|d.GetBytes(32)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { using var rsa = [|RSA.Create(4096)|]; await Task.Yield(); }")]
    [InlineData("async Task M() { using var rsa = [|new RSACryptoServiceProvider(2048)|]; await Task.Yield(); }")]
    [InlineData("async Task M(byte[] a, byte[] b) { [|BrotliEncoder.TryCompress(a, b, out var n, 11, 22)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = [|Derive(p, s, 600_000)|]; await Task.Yield(); } static byte[] Derive(string p, byte[] s, int rounds) => Rfc2898DeriveBytes.Pbkdf2(p, s, rounds, HashAlgorithmName.SHA256, 32);")]
    [InlineData(
        "async Task M(string p, byte[] s) { var k = [|Derive(p, s, 1)|]; await Task.Yield(); } static byte[] Derive(string p, byte[] s, int length) => Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, length);")]
    [InlineData(
        "async Task M(string p, byte[] s) { var ok = [|Check(p, s)|]; await Task.Yield(); } bool Check(string p, byte[] s) => Hash(p, s).Length > 0; byte[] Hash(string p, byte[] s) => Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32);")]
    [InlineData(
        "async Task M(List<string> all, byte[] s) { foreach (var p in all) { var k = [|Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32)|]; } await Task.Yield(); }")]
    public Task HeavyApi_InAsyncCode_IsReported(string source) => Reports(source, Crypto);

    [Theory]
    [InlineData(
        "async Task M(string p) { var h = [|BCrypt.Net.BCrypt.HashPassword(p)|]; var ok = [|BCrypt.Net.BCrypt.Verify(p, h)|]; await Task.Yield(); }",
            Stubs.BCryptNet)]
    [InlineData("async Task M(string p) { var h = [|BCrypt.Net.BCrypt.EnhancedHashPassword(p, 13)|]; await Task.Yield(); }",
        Stubs.BCryptNet)]
    [InlineData("async Task M(string p) { var h = [|Isopoh.Cryptography.Argon2.Argon2.Hash(p)|]; await Task.Yield(); }", Stubs.Argon2)]
    [InlineData(
        "async Task M(NBitcoin.BitcoinEncryptedSecretNoEC s, string p) { var k = [|Open(s, p)|]; var e = [|k.GetEncryptedBitcoinSecret(p, new NBitcoin.Network())|]; var ok = [|s.TryGetKey(p, out k)|]; await Task.Yield(); } NBitcoin.Key Open(NBitcoin.BitcoinEncryptedSecret s, string p) => s.GetKey(p);",
            Stubs.NBitcoin)]
    [InlineData(
        "async Task M(string p) { var h = [|Sodium.PasswordHash.ArgonHashString(p)|]; var ok = [|Sodium.PasswordHash.ArgonHashStringVerify(h, p)|]; await Task.Yield(); }",
            Stubs.NBitcoin)]
    [InlineData("async Task M(byte[] b) { using var i = [|SixLabors.ImageSharp.Image.Load(b)|]; await Task.Yield(); }", Stubs.ImageSharp)]
    [InlineData("async Task M(byte[] b) { using var i = [|SkiaSharp.SKBitmap.Decode(b)|]; await Task.Yield(); }", Stubs.SkiaSharp)]
    [InlineData("async Task M(SkiaSharp.SKImage i) { var d = [|i.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90)|]; await Task.Yield(); }",
        Stubs.SkiaSharp)]
    [InlineData("async Task M(Stream s) { using var i = [|System.Drawing.Image.FromStream(s)|]; await Task.Yield(); }",
        Stubs.SystemDrawing)]
    [InlineData(
        "async Task M(byte[] p, byte[] s) { var k = [|Org.BouncyCastle.Crypto.Generators.SCrypt.Generate(p, s, 16384, 8, 1, 32)|]; await Task.Yield(); }",
            Stubs.BouncyCastle)]
    [InlineData(
        "async Task M(SixLabors.ImageSharp.Image i, Stream s) { [|SixLabors.ImageSharp.ImageExtensions.SaveAsPng(i, s)|]; await Task.Yield(); }",
            Stubs.ImageSharp)]
    public Task HeavyApi_OfAPackage_IsReported(string source, string stub) =>
    Reports(source, RuleTestOptions.Default with { Stubs = [stub] });

    [Fact]
    public Task PasswordHasher_InAspNetCore_IsReported() => Reports(
        """
        async Task<bool> M(IPasswordHasher<string> hasher, PasswordHasher<string> own, string user, string hash, string password)
        {
            var made = [|own.HashPassword(user, password)|];
            await Task.Yield();
            return [|hasher.VerifyHashedPassword(user, hash, password)|] != PasswordVerificationResult.Failed;
        }
        """,
        RuleTestOptions.Default with { References = ReferenceSet.AspNetCore, ExtraUsings = ["Microsoft.AspNetCore.Identity"] });

    [Fact]
    public Task ApiOfTheProjectsCatalog_IsReported() => Reports(
        "async Task M(Codec c, byte[] b) { [|c.Encode(b, 9)|]; c.Encode(b, 1); await Task.Yield(); } class Codec { public void Encode(byte[] b, int level) { } }",
        RuleTestOptions.Default with { AdditionalFiles = [("AsyncGuard.Ours.txt", "M:C.Codec.Encode(*); cpu; level 5")] });

    // Regular expressions that go back without end
    [Theory]
    [InlineData("async Task M(string s) { var x = [|Regex.IsMatch(s, \"(a+)+$\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var x = [|Regex.Match(s, @\"^(\\w+\\s?)*$\", RegexOptions.Compiled)|]; await Task.Yield(); }")]
    [InlineData(
        "static readonly Regex Rows = new Regex(@\"^(a|aa)+b\"); async Task M(string s) { var x = [|Rows.IsMatch(s)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var r = new Regex(@\"^(.*?,){11}P\"); var x = [|r.Replace(s, \"\")|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string s) { var x = [|new Regex(@\"^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$\").IsMatch(s)|]; await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var x = [|Regex.IsMatch(s, \"(x+x+)+y\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var x = [|Regex.IsMatch(s, \"(.*a){20}\")|]; await Task.Yield(); }")]
    [InlineData("async Task M(string s) { var x = [|Regex.IsMatch(s, @\"^(([a-z])+.)+[A-Z]([a-z])+$\")|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string s) { var x = [|Check(s)|]; await Task.Yield(); } bool Check(string s) => Regex.IsMatch(s, \"^(a*)*$\");")]
    [InlineData(
        "partial class R { [GeneratedRegex(\"(a+)+$\")] public static Regex Rows() => null!; } async Task M(string s) { var x = [|R.Rows().IsMatch(s)|]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(string s) { var x = [|Check(s)|]; await Task.Yield(); } bool Check(string s) => Regex.IsMatch(s, Patterns.Rows + \"$\"); static class Patterns { public const string Rows = \"(a*)*\"; }")]
    [InlineData(
        "const string Row = \"(a+)\"; async Task M(string s) { var x = [|Check(s)|]; await Task.Yield(); } bool Check(string s) => Regex.IsMatch(pattern: $\"^{Row}+$\", input: s);")]
    [InlineData(
        "async Task M(string s) { var x = [|Check(s)|]; await Task.Yield(); } bool Check(string s) { Regex r = new(\"(a+)\" + \"+$\"); return r.IsMatch(s); }")]
    public Task Regex_ThatBacktracksExponentially_IsReported(string source) =>
    Reports(source, RuleTestOptions.Default with { ExtraUsings = ["System.Text.RegularExpressions"] });

    // Three loops over data, and recursion that doubles
    [Theory]
    [InlineData(
        "async Task M(List<int> a) { var n = 0; [|foreach|] (var x in a) foreach (var y in a) foreach (var z in a) if (x + y + z == 0) n++; await Task.Yield(); }")]
    [InlineData(
        "async Task M(int[] a) { var n = 0; [|for|] (var i = 0; i < a.Length; i++) { for (var j = i + 1; j < a.Length; j++) { for (var k = j + 1; k < a.Length; k++) n += a[i] * a[j] * a[k]; } } await Task.Yield(); }")]
    [InlineData(
        "async Task M(double[,] a, double[,] b, double[,] c, int n) { [|for|] (var i = 0; i < n; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) c[i, j] += a[i, k] * b[k, j]; await Task.Yield(); }")]
    [InlineData(
        "async Task M(double[,] a, int n) { [|Multiply(a, n)|]; await Task.Yield(); } void Multiply(double[,] a, int n) { for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) a[i, j] += a[i, k] * a[k, j]; }")]
    [InlineData("async Task M() { var x = [|Fib(40)|]; await Task.Yield(); } int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);")]
    [InlineData(
        "async Task M() { var x = [|Fib(40)|]; await Task.Yield(); int Fib(int n) { if (n < 2) return n; var a = Fib(n - 1); var b = Fib(n - 2); return a + b; } }")]
    [InlineData(
        "async Task M(string a, string b) { [|Move(20, a, b)|]; await Task.Yield(); } void Move(int n, string from, string to) { if (n == 0) return; Move(n - 1, to, from); Console.WriteLine(from); Move(n - 1, from, to); }")]
    public Task WorkThatGrowsWithItsData_IsReportedAsInfo(string source) => Reports(source);

    [Fact]
    public Task Severity_IsInfo_WhereItDependsOnData() => Reports(
        """
        async Task M(List<int> a)
        {
            var n = 0;
            {|#0:foreach|} (var x in a) foreach (var y in a) foreach (var z in a) n++;
            {|#1:for|} (var i = 0; i < 1_000_000_000; i++) n++;
            {|#2:Fib(3)|};
            await Task.Yield();
        }

        int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);
        """,
        RuleTestOptions.Default with
        {
            Expected =
            [
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(0)
                    .WithMessage(
                    "The loop is CPU-bound and holds the thread in async code: three loops over data are nested; run it on the thread pool with 'Task.Run'"),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Warning).WithLocation(1)
                    .WithMessage(
                    "The loop is CPU-bound and holds the thread in async code: about 2 billion steps; run it on the thread pool with 'Task.Run'"),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(2),
            ],
        });

    [Fact]
    public Task Severity_IsInfo_WhereTheSecondCallDoesNoWork() => Reports(
        """
        static readonly Lazy<byte[]> Hash = new(() => Derive());
        static byte[]? s_kept;
        static byte[] Derive() => Rfc2898DeriveBytes.Pbkdf2("p", new byte[16], 600_000, HashAlgorithmName.SHA512, 32);
        static byte[] Kept() => s_kept ??= Derive();
        static byte[] Made()
        {
            if (s_kept is null) s_kept = Rfc2898DeriveBytes.Pbkdf2("p", new byte[16], 600_000, HashAlgorithmName.SHA512, 32);
            return s_kept;
        }

        async Task M()
        {
            await Task.Yield();
            Console.WriteLine({|#0:Hash.Value|});
            s_kept ??= {|#1:Derive()|};
            Console.WriteLine({|#2:Kept()|});
            Console.WriteLine({|#3:Made()|});
            Console.WriteLine({|#4:Derive()|});
        }
        """,
        Crypto with
        {
            Expected =
            [
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(0),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(1),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(2),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Info).WithLocation(3),
                new DiagnosticResult("AGD0106", DiagnosticSeverity.Warning).WithLocation(4),
            ],
        });

    private static RuleTestOptions Crypto { get; } =
        RuleTestOptions.Default with { ExtraUsings = ["System.Security.Cryptography", "System.IO.Compression"] };
}

using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

public sealed partial class CpuWorkTests
{
    [Fact]
    public Task Loop_ThatComputesOneValue_ReturnsIt() => Fixes(
        """
        async Task<int> M(CancellationToken token)
        {
            await Task.Yield();
            var sum = 0;

            // all of them
            [|for|] (var i = 0; i < 1_000_000_000; i++)
            {
                // each
                sum += i;

                if (sum < 0)
                    sum = 0; // again
            }

            return sum; // done
        }
        """,
        """
        async Task<int> M(CancellationToken token)
        {
            await Task.Yield();
            var sum = 0;

            // all of them
            sum = await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++)
                {
                    // each
                    sum += i;

                    if (sum < 0)
                        sum = 0; // again
                }
                return sum;
            }, token);

            return sum; // done
        }
        """);

    [Fact]
    public Task Loop_ThatOnlyWritesToAnArray_ReturnsNothing() => Fixes(
        """
        async Task M(int[] table)
        {
            [|for|] (var i = 0; i < 1_000_000_000; i++) table[i] = i; // fill
            await Task.Yield();
        }
        """,
        """
        async Task M(int[] table)
        {
            await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++) table[i] = i; // fill
            });
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Loop_ThatWritesSeveralVariables_WritesThemInTheLambda() => Fixes(
        """
        async Task<int> M()
        {
            int a = 0, b = 0;
            await Task.Yield();
            [|while|] (true)
            {
                for (var i = 0; i < 1_000_000_000; i++)
                {
                    a += i;
                    b -= i;
                }

                if (a > b) break;
            }

            return a + b;
        }
        """,
        """
        async Task<int> M()
        {
            int a = 0, b = 0;
            await Task.Yield();
            await Task.Run(() =>
            {
                while (true)
                {
                    for (var i = 0; i < 1_000_000_000; i++)
                    {
                        a += i;
                        b -= i;
                    }

                    if (a > b) break;
                }
            });

            return a + b;
        }
        """);

    [Fact]
    public Task Loop_ThatGivesVariablesTheirFirstValue_ReturnsThem() => Fixes(
        """
        async Task<long> M()
        {
            long i;
            long sum;
            await Task.Yield();
            [|for|] (i = 0, sum = 0; i < 1_000_000_000; i++)
                sum += i;
            return sum + i;
        }
        """,
        """
        async Task<long> M()
        {
            long i;
            long sum;
            await Task.Yield();
            (i, sum) = await Task.Run(() =>
            {
                for (i = 0, sum = 0; i < 1_000_000_000; i++)
                    sum += i;
                return (i, sum);
            });
            return sum + i;
        }
        """);

    [Fact]
    public Task Loop_InCodeThatIsNotAsyncYet_MakesItAsync() => Fixes(
        """
        Task<int> M()
        {
            var x = 0;
            [|for|] (var i = 0; i < 1_000_000_000; i++) x += i;
            return Task.FromResult(x);
        }
        """,
        """
        async Task<int> M()
        {
            var x = 0;
            x = await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++) x += i;
                return x;
            });
            return x;
        }
        """);

    [Fact]
    public Task Loop_AmongAwaitsWithoutContext_IsAwaitedWithoutContext() => Fixes(
        """
        async Task M(Task t, int[] a, CancellationToken token)
        {
            await t.ConfigureAwait(false);
            [|for|] (var i = 0; i < 1_000_000_000; i++) a[0]++;
        }
        """,
        """
        async Task M(Task t, int[] a, CancellationToken token)
        {
            await t.ConfigureAwait(false);
            await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++) a[0]++;
            }, token).ConfigureAwait(false);
        }
        """);

    [Fact]
    public Task Loop_AsTheOnlyStatement_IsReplacedThere() => Fixes(
        """
        async Task M(bool all, int[] a)
        {
            if (all)
                [|foreach|] (var x in Enumerable.Range(0, 1_000_000_000))
                    a[0] += x;
            await Task.Yield();
        }
        """,
        """
        async Task M(bool all, int[] a)
        {
            if (all)
                await Task.Run(() =>
                {
                    foreach (var x in Enumerable.Range(0, 1_000_000_000))
                        a[0] += x;
                });
            await Task.Yield();
        }
        """);

    [Fact]
    public Task Loop_InFinally_IsNotCancelled() => Fixes(
        """
        async Task M(int[] a, CancellationToken token)
        {
            try
            {
                await Task.Delay(1, token);
            }
            finally
            {
                [|for|] (var i = 0; i < 1_000_000_000; i++) a[0]++;
            }
        }
        """,
        """
        async Task M(int[] a, CancellationToken token)
        {
            try
            {
                await Task.Delay(1, token);
            }
            finally
            {
                await Task.Run(() =>
                {
                    for (var i = 0; i < 1_000_000_000; i++) a[0]++;
                });
            }
        }
        """);

    [Fact]
    public Task Nest_IsMovedWhole() => Fixes(
        """
        async Task M(double[,] a, double[,] b, double[,] c, int n)
        {
            await Task.Yield();
            [|for|] (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    for (var k = 0; k < n; k++)
                        c[i, j] += a[i, k] * b[k, j];
        }
        """,
        """
        async Task M(double[,] a, double[,] b, double[,] c, int n)
        {
            await Task.Yield();
            await Task.Run(() =>
            {
                for (var i = 0; i < n; i++)
                    for (var j = 0; j < n; j++)
                        for (var k = 0; k < n; k++)
                            c[i, j] += a[i, k] * b[k, j];
            });
        }
        """);

    [Fact]
    public Task LoopsAndCalls_AreFixedTogether() => Fixes(
        """
        async Task<int> M(string p, byte[] s, CancellationToken token)
        {
            var x = 0;
            [|for|] (var i = 0; i < 1_000_000_000; i++) x += i;
            x += [|Burn()|];
            var key = [|Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32)|];
            await Task.Yield();
            [|for|] (var i = 0; i < 1_000_000_000; i++) x += i;
            return x + key.Length;
        }
        int Burn() { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x += i; return x; }
        """,
        """
        async Task<int> M(string p, byte[] s, CancellationToken token)
        {
            var x = 0;
            x = await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++) x += i;
                return x;
            }, token);
            x += await Task.Run(() => Burn(), token);
            var key = await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(p, s, 600_000, HashAlgorithmName.SHA256, 32), token);
            await Task.Yield();
            x = await Task.Run(() =>
            {
                for (var i = 0; i < 1_000_000_000; i++) x += i;
                return x;
            }, token);
            return x + key.Length;
        }
        int Burn() { var x = 0; for (var i = 0; i < 1_000_000_000; i++) x += i; return x; }
        """,
        Crypto);

    [Theory]
    [InlineData("async Task M() { [|Burn()|]; await Task.Yield(); }",
        "async Task M() { await Task.Run(() => Burn()); await Task.Yield(); }")]
    [InlineData("async Task<int> M(CancellationToken token) => [|Burn()|] + 1;",
        "async Task<int> M(CancellationToken token) => await Task.Run(() => Burn(), token) + 1;")]
    [InlineData("async Task M() { var x = [|P|]; await Task.Yield(); } int P => Burn();",
        "async Task M() { var x = await Task.Run(() => P); await Task.Yield(); } int P => Burn();")]
    [InlineData("async Task M() { X x = [|new()|]; await Task.Yield(); } class X { public X() => Burn(); }",
        "async Task M() { X x = await Task.Run(() => new X()); await Task.Yield(); } class X { public X() => Burn(); }")]
    [InlineData("Task<int> M() => Task.FromResult([|Burn()|]);", "async Task<int> M() => await Task.Run(() => Burn());")]
    public Task Call_IsMovedToTheThreadPool(string source, string fixedSource) => Fixes(source + Burn, fixedSource + Burn);

    [Theory]
    [InlineData("async Task M(int[] a) { lock (a) { [|for|] (var i = 0; i < 1_000_000_000; i++) a[0]++; } await Task.Yield(); }")]
    [InlineData(
        "async Task<int> M(List<int> l) { await Task.Yield(); [|foreach|] (var y in l) { var x = y; for (var i = 0; i < 1_000_000_000; i++) x++; if (x == 5) return x; } return 0; }")]
    [InlineData(
        "async Task M(List<int> l) { await Task.Yield(); [|foreach|] (var y in l) { var x = y; for (var i = 0; i < 1_000_000_000; i++) x++; if (x == 5) goto done; } done: ; }")]
    [InlineData("Task M(ref int x) { [|for|] (var i = 0; i < 1_000_000_000; i++) x++; return Task.CompletedTask; }")]
    [InlineData("Task M(Span<int> x) { [|for|] (var i = 0; i < 1_000_000_000; i++) x[0]++; return Task.CompletedTask; }")]
    [InlineData("unsafe Task M(int* p) { [|for|] (var i = 0; i < 1_000_000_000; i++) p[0]++; return Task.CompletedTask; }")]
    [InlineData("struct S { int _x; public async Task M() { [|for|] (var i = 0; i < 1_000_000_000; i++) _x++; await Task.Yield(); } }")]
    [InlineData(
        "async Task M(List<int> l) { l.ForEach(y => { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) x++; }); await Task.Yield(); }")]
    [InlineData("async Task M(Task t) { [|for|] (var i = 0; i < 1_000_000_000; i++) t = Task.CompletedTask; await t; }")]
    [InlineData("async Task M(Task<int> t) { [|Load(await t)|]; } void Load(int x) => Burn();")]
    [InlineData("async Task M() { [|Load(out var x)|]; await Task.Yield(); } void Load(out int x) => x = Burn();")]
    [InlineData(
        "async Task M(byte[] a, byte[] b) { [|System.IO.Compression.BrotliEncoder.TryCompress(a, b, out var n, 11, 22)|]; await Task.Yield(); }")]
    public Task Work_ThatCannotMove_HasNoFix(string source) => NoFix(source + Burn);

#if !ROSLYN_FLOOR
    [Theory]
    [InlineData("async Task M(int[] a) { ref var r = ref a[0]; [|for|] (var i = 0; i < 1_000_000_000; i++) r++; await Task.Yield(); }")]
    [InlineData("async Task M(int[] a) { Span<int> r = a; [|for|] (var i = 0; i < 1_000_000_000; i++) r[0]++; await Task.Yield(); }")]
    [InlineData(
        "async Task M() { var x = 0; [|for|] (var i = 0; i < 1_000_000_000; i++) { Span<int> s = stackalloc int[4]; x += s[0]; } await Task.Yield(); }")]
    public Task Loop_OverSpansInAsyncCode_HasNoFix(string source) => NoFix(source);
#endif

    [Fact]
    public Task Loop_InCSharp7_IsFixed() => Fixes(
        """
        async Task<int> M()
        {
            var x = 0;
            await Task.Yield();
            [|for|] (var i = 0; i < 1000000000; i++) { x += i; }
            return x;
        }
        """,
        """
        async Task<int> M()
        {
            var x = 0;
            await Task.Yield();
            x = await Task.Run(() =>
            {
                for (var i = 0; i < 1000000000; i++) { x += i; }
                return x;
            });
            return x;
        }
        """,
        RuleTestOptions.Default with { LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task TopLevelProgram_IsFixed() => Fixes(
        """
        using System.Threading.Tasks;

        var x = 0;
        [|for|] (var i = 0; i < 1_000_000_000; i++) x += i;
        await Task.Yield();
        return x;
        """,
        """
        using System.Threading.Tasks;

        var x = 0;
        x = await Task.Run(() =>
        {
            for (var i = 0; i < 1_000_000_000; i++) x += i;
            return x;
        });
        await Task.Yield();
        return x;
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task CallAcrossFiles_IsFollowed() => Fixes(
        "async Task M(Other o) { await Task.Yield(); var x = [|o.Load()|] + [|Mine()|]; }",
        "async Task M(Other o) { await Task.Yield(); var x = await Task.Run(() => o.Load()) + await Task.Run(() => Mine()); }",
        RuleTestOptions.Default with
        {
            OtherFiles =
            [
                ("Mine.cs", "partial class C { int Mine() => new Other().Load(); }"),
                ("Other.cs", "class Other { public int Load() => Deep.Down(Size.All); }"),
                ("Deep.cs",
                    "static class Deep { public static int Down(int n) { var x = 0; for (var i = 0; i < Size.All; i++) x += n; return x; } }"),
                ("Size.cs", "static class Size { public const int All = 1_000_000_000; }"),
            ],
        });
}

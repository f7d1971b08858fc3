using System.Threading.Tasks;
using AsyncGuard.Fixes.Cancellation;
using AsyncGuard.RuleTesting;
using AsyncGuard.Rules.Cancellation;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

public sealed partial class EnumeratorTokenTests : RuleTest<EnumeratorTokenAnalyzer, EnumeratorTokenFix>
{
    private static readonly RuleTestOptions Options =
        new() { ExtraUsings = ["System.Runtime.CompilerServices", "System.Threading.Channels"] };

    private const string Helpers =
        """
        async IAsyncEnumerable<int> MarkedAsync([EnumeratorCancellation] CancellationToken token = default) { await Task.Delay(1, token); yield return 1; }
        async IAsyncEnumerable<int> PlainAsync() { await Task.Yield(); yield return 1; }
        IAsyncEnumerable<int> RowsAsync(int first, CancellationToken token = default) => throw null!;
        IAsyncEnumerable<int> LinesAsync(string path) => throw null!;
        IAsyncEnumerable<int> LinesAsync(string path, CancellationToken token) => throw null!;
        IAsyncEnumerable<int> _rows = null!;
        IAsyncEnumerable<int> Rows => _rows;
        void Use(object x) { }

        """;

    private static string Method(string body) =>
        Helpers + "async Task M(IAsyncEnumerable<int> rows, ChannelReader<int> reader, CancellationToken token)\n{\n    " + body + "\n}\n";

    [Theory]
    [InlineData("[|MarkedAsync()|]", "MarkedAsync().WithCancellation(token)")]
    [InlineData("[|MarkedAsync()|].ConfigureAwait(false)", "MarkedAsync().WithCancellation(token).ConfigureAwait(false)")]
    [InlineData("[|this.MarkedAsync()|]", "this.MarkedAsync().WithCancellation(token)")]
    [InlineData("[|RowsAsync(1)|]", "RowsAsync(1, token)")]
    [InlineData("[|RowsAsync(first: 1)|]", "RowsAsync(first: 1, token: token)")]
    [InlineData("[|LinesAsync(\"a\")|]", "LinesAsync(\"a\", token)")]
    [InlineData("[|LinesAsync(\"a\")|].ConfigureAwait(false)", "LinesAsync(\"a\", token).ConfigureAwait(false)")]
    [InlineData("[|rows|]", "rows.WithCancellation(token)")]
    [InlineData("[|rows|] /* a */", "rows.WithCancellation(token) /* a */")]
    [InlineData("[|_rows|].ConfigureAwait(false)", "_rows.WithCancellation(token).ConfigureAwait(false)")]
    [InlineData("[|Rows|]", "Rows.WithCancellation(token)")]
    [InlineData("([|rows|])", "(rows.WithCancellation(token))")]
    public Task Sequence_EnumeratedWithoutToken_GetsIt(string sequence, string fixedSequence) => Fixes(
        Method($"await foreach (var row in {sequence}) Use(row);"),
        Method($"await foreach (var row in {fixedSequence}) Use(row);"),
        Options);

    [Fact]
    public Task Reader_OfAChannel_IsReported() =>
    Reports(Method("await foreach (var row in [|reader.ReadAllAsync()|]) Use(row);"), Options);

    [Fact]
    public Task Deconstruction_IsReported() => Fixes(
        "async Task M(IAsyncEnumerable<(int, int)> pairs, CancellationToken token) { await foreach (var (a, b) in [|pairs|]) { _ = a + b; } }",
        "async Task M(IAsyncEnumerable<(int, int)> pairs, CancellationToken token) { await foreach (var (a, b) in pairs.WithCancellation(token)) { _ = a + b; } }");

    [Fact]
    public Task Local_MadeWithoutToken_IsReported() => Fixes(
        Method("var made = MarkedAsync(); await foreach (var row in [|made|]) Use(row);"),
        Method("var made = MarkedAsync(); await foreach (var row in made.WithCancellation(token)) Use(row);"),
        Options);

    [Fact]
    public Task Sequence_InManyPlaces_IsReported() => Fixes(
        """
        static async IAsyncEnumerable<T> Copy<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken token = default)
        {
            // each
            await foreach (var item in [|source|]) // one
            {
                yield return item;
            }
        }
        void N(IAsyncEnumerable<int> rows)
        {
            Func<CancellationToken, Task> f = async token => { await foreach (var row in [|rows|]) { } };
            async Task Local(CancellationToken stop) { await foreach (var row in [|rows|]) { } }
        }
        """,
        """
        static async IAsyncEnumerable<T> Copy<T>(IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken token = default)
        {
            // each
            await foreach (var item in source.WithCancellation(token)) // one
            {
                yield return item;
            }
        }
        void N(IAsyncEnumerable<int> rows)
        {
            Func<CancellationToken, Task> f = async token => { await foreach (var row in rows.WithCancellation(token)) { } };
            async Task Local(CancellationToken stop) { await foreach (var row in rows.WithCancellation(stop)) { } }
        }
        """,
        Options);

    [Theory]
    [InlineData("MarkedAsync(token)")]
    [InlineData("MarkedAsync().WithCancellation(token)")]
    [InlineData("MarkedAsync().WithCancellation(token).ConfigureAwait(false)")]
    [InlineData("MarkedAsync().ConfigureAwait(false).WithCancellation(token)")]
    [InlineData("MarkedAsync(CancellationToken.None)")]
    [InlineData("MarkedAsync(default)")]
    [InlineData("RowsAsync(1, token)")]
    [InlineData("LinesAsync(\"a\", token)")]
    [InlineData("PlainAsync()")]
    [InlineData("rows.WithCancellation(default)")]
    [InlineData("reader.ReadAllAsync(token)")]
    [InlineData("(1 > 2 ? rows : MarkedAsync(token))")]
    public Task Sequence_WithTokenOrWithoutUse_IsSilent(string sequence) =>
    Silent(Method($"await foreach (var row in {sequence}) Use(row);"), Options);

    [Theory]
    [InlineData("var made = MarkedAsync(token); await foreach (var row in made) Use(row);")]
    [InlineData("var made = rows; await foreach (var row in made) Use(row);")]
    [InlineData("var made = MarkedAsync(); made = RowsAsync(1, token); await foreach (var row in made) Use(row);")]
    [InlineData("var made = MarkedAsync().WithCancellation(token); await foreach (var row in made) Use(row);")]
    [InlineData("try { await Task.Delay(1, token); } finally { await foreach (var row in rows) Use(row); }")]
    [InlineData("Func<IAsyncEnumerable<int>, Task> f = static async some => { await foreach (var row in some) { } }; Use(f); Use(token);")]
    [InlineData("foreach (var row in new[] { 1 }) Use(row);")]
    public Task Loop_ThatHasNoTokenToGain_IsSilent(string body) => Silent(Method(body), Options);

    [Fact]
    public Task NoTokenInScope_IsSilent() => Silent("async Task M(IAsyncEnumerable<int> rows) { await foreach (var row in rows) { } }");

    [Fact]
    public Task Parameter_OfAnIterator_GetsTheAttribute() => Fixes(
        """
        async IAsyncEnumerable<int> A(CancellationToken [|token|]) { await Task.Delay(1, token); yield return 1; }
        async IAsyncEnumerable<int> B(int n, CancellationToken [|token|] = default) { await Task.Delay(n, token); yield return 1; }
        static async IAsyncEnumerable<T> D<T>(
            T x,
            CancellationToken [|cancellationToken|]) // a
        {
            await Task.Delay(1, cancellationToken);
            yield return x;
        }
        void M()
        {
            async IAsyncEnumerable<int> Local(CancellationToken [|token|]) { await Task.Delay(1, token); yield return 1; }
        }
        """,
        """
        async IAsyncEnumerable<int> A([EnumeratorCancellation] CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        async IAsyncEnumerable<int> B(int n, [EnumeratorCancellation] CancellationToken token = default) { await Task.Delay(n, token); yield return 1; }
        static async IAsyncEnumerable<T> D<T>(
            T x,
            [EnumeratorCancellation] CancellationToken cancellationToken) // a
        {
            await Task.Delay(1, cancellationToken);
            yield return x;
        }
        void M()
        {
            async IAsyncEnumerable<int> Local([EnumeratorCancellation] CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        }
        """,
        Options);

    [Fact]
    public Task Attribute_GetsTheUsing() => Fixes(
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async IAsyncEnumerable<int> A(CancellationToken [|token|]) { await Task.Delay(1, token); yield return 1; }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;

        class C
        {
            async IAsyncEnumerable<int> A([EnumeratorCancellation] CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task Parameter_OfTwo_IsTheLast() =>
    Reports(
    "async IAsyncEnumerable<int> A(CancellationToken first, CancellationToken [|second|]) { await Task.Delay(1, first); await Task.Delay(1, second); yield return 1; }");

    [Fact]
    public Task Parameter_ThatNeedsNoAttribute_IsSilent() => Silent(
        """
        async IAsyncEnumerable<int> A([EnumeratorCancellation] CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        async IAsyncEnumerable<int> B(CancellationToken other, [EnumeratorCancellation] CancellationToken token) { await Task.Delay(1, other); yield return 1; }
        async IAsyncEnumerable<int> D(int n) { await Task.Delay(n); yield return 1; }
        IAsyncEnumerable<int> E(CancellationToken token) => A(token);
        async Task<int> F(CancellationToken token) { await Task.Delay(1, token); return 1; }
        async IAsyncEnumerator<int> G(CancellationToken token) { await Task.Delay(1, token); yield return 1; }
        IEnumerable<int> H(CancellationToken token) { yield return 1; }
        interface I { IAsyncEnumerable<int> A(CancellationToken token); }
        abstract class J { public abstract IAsyncEnumerable<int> A(CancellationToken token); }
        """,
        Options);

    [Fact]
    public Task TopLevelProgram_IsReported() => Fixes(
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        using var both = CancellationTokenSource.CreateLinkedTokenSource(default(CancellationToken));
        await foreach (var row in [|RowsAsync()|]) { }
        IAsyncEnumerable<int> RowsAsync(CancellationToken token = default) => throw null!;
        """,
        """
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        using var both = CancellationTokenSource.CreateLinkedTokenSource(default(CancellationToken));
        await foreach (var row in RowsAsync(both.Token)) { }
        IAsyncEnumerable<int> RowsAsync(CancellationToken token = default) => throw null!;
        """,
        RuleTestOptions.TopLevel);

    [Fact]
    public Task GeneratedCode_IsSilent() => Silent(
        """
        // <auto-generated/>
        using System.Collections.Generic; using System.Threading; using System.Threading.Tasks;
        class C { async IAsyncEnumerable<int> A(CancellationToken token) { await Task.Delay(1, token); yield return 1; } }
        """,
        RuleTestOptions.File);

    [Fact]
    public Task OldFramework_WithoutTheTypes_IsSilent() => Silent(
        "async Task M(CancellationToken token) { await Task.Delay(1, token); }",
        new() { References = ReferenceSet.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3 });

    [Fact]
    public Task Program_WhoseStreamGetsTheToken_DoesTheSame() => FixesAndRuns(
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var sum = 0;
            await foreach (var number in [|NumbersAsync()|]) sum += number;
            await Task.Delay(1, token);
            return sum;
        }
        static async IAsyncEnumerable<int> NumbersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            await Probe.StubbornAsync("a");
            token.ThrowIfCancellationRequested();
            yield return 1;
            yield return 2;
        }
        """,
        """
        static async Task<int> RunAsync(CancellationToken token)
        {
            var sum = 0;
            await foreach (var number in NumbersAsync().WithCancellation(token)) sum += number;
            await Task.Delay(1, token);
            return sum;
        }
        static async IAsyncEnumerable<int> NumbersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            await Probe.StubbornAsync("a");
            token.ThrowIfCancellationRequested();
            yield return 1;
            yield return 2;
        }
        """);
}

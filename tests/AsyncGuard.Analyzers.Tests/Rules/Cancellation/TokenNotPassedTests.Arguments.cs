using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Cancellation;

/// <summary>Where AGD0301's fix puts the token among the arguments, and which overloads it takes.</summary>
public sealed partial class TokenNotPassedTests
{
    [Theory]
    [InlineData("Task F(int x) => null!; Task F(CancellationToken t, int x) => null!;", "[|F|](1)", "F(token, 1)")]
    [InlineData("Task F(int x, string y) => null!; Task F(int x, CancellationToken t, string y) => null!;", "[|F|](1, \"a\")",
        "F(1, token, \"a\")")]
    [InlineData("Task F(int x, string y) => null!; Task F(int x, string y, in CancellationToken t) => null!;", "[|F|](1, \"a\")",
        "F(1, \"a\", token)")]
    [InlineData("Task F(int x, int y = 0, int z = 0, CancellationToken t = default) => null!;", "[|F|](1, z: 2)", "F(1, z: 2, t: token)")]
    [InlineData("Task F(int x, int y = 0, int z = 0, CancellationToken t = default) => null!;", "[|F|](1, 2, 3)", "F(1, 2, 3, token)")]
    [InlineData("Task F(int x, int y = 0, CancellationToken t = default, int z = 0) => null!;", "[|F|](1, 2)", "F(1, 2, token)")]
    [InlineData("Task F(int x, int y = 0, CancellationToken t = default, int z = 0) => null!;", "[|F|](1, z: 2)", "F(1, z: 2, t: token)")]
    [InlineData("Task F(out int x, CancellationToken t = default) { x = 1; return null!; }", "[|F|](out _)", "F(out _, token)")]
    [InlineData("Task F(params int[] x) => null!; Task F(int[] x, CancellationToken t) => null!;", "[|F|](1, 2)",
        "F(new int[] { 1, 2 }, token)")]
    [InlineData("Task F(string y, params string?[] x) => null!; Task F(string y, string?[] x, CancellationToken t) => null!;",
        "[|F|](\"a\", \"b\", null)", "F(\"a\", new string?[] { \"b\", null }, token)")]
    [InlineData("Task F(params int[] x) => null!; Task F(int[] x, CancellationToken t) => null!;", "[|F|](new[] { 1 })",
        "F(new[] { 1 }, token)")]
    [InlineData("Task F<T>(T x) => null!; Task F<T>(T x, CancellationToken t) => null!;", "[|F<long>|](1)", "F<long>(1, token)")]
    [InlineData("Task<int> F(Func<int> f) => null!; Task<int> F(Func<int> f, CancellationToken t) => null!;", "[|F|](() => 1)",
        "F(() => 1, token)")]
    [InlineData("Task<int> F(int x) => null!; ValueTask<int> F(int x, CancellationToken t) => default;", "[|F|](1)", "F(1, token)")]
    [InlineData("ValueTask F(int x) => default; Task F(int x, CancellationToken t) => null!;", "[|F|](1).ConfigureAwait(false)",
        "F(1, token).ConfigureAwait(false)")]
    public Task Token_GoesWhereItBinds(string members, string call, string fixedCall) => Fixes(
        $"{members}\nasync Task M(CancellationToken token) => await {call};",
        $"{members}\nasync Task M(CancellationToken token) => await {fixedCall};");

    [Theory]
    [InlineData("Task F(int x) => null!; Task F(int x, CancellationToken t, bool force) => null!;")]
    [InlineData("Task F(int x) => null!; Task F(int x, bool force = false, CancellationToken t = default) => null!;")]
    [InlineData("Task F(int x) => null!; Task F(int x, TimeSpan limit, CancellationToken t) => null!;")]
    [InlineData("Task F(int x) => null!; Task F(long x, CancellationToken t) => null!;")]
    [InlineData("Task F(int x) => null!; Task F(ref int x, CancellationToken t) => null!;")]
    [InlineData("Task F(int x) => null!; Task<string> F<T>(int x, CancellationToken t) => null!;")]
    [InlineData("Task F(int x) => null!; void F(int x, CancellationToken t) { }")]
    [InlineData("Task<int> F(int x) => null!; Task<string> F(int x, CancellationToken t) => null!;")]
    [InlineData("Task F(int x) => null!; Task F(int x, out CancellationToken t) { t = default; return null!; }")]
    [InlineData("Task F(int x) => null!; Task F(int x, CancellationTokenSource t) => null!;")]
    public Task Overload_ThatIsAnotherMethod_IsSilent(string members) =>
    Silent($"{members}\nasync Task M(CancellationToken token) => await F(1);");

    [Fact]
    public Task Extension_WithParams_WrapsThem() => Fixes(
        """
        Task M(CancellationToken token) => "a".[|SendAsync|](1, 2);
        """,
        """
        Task M(CancellationToken token) => "a".SendAsync(new int[] { 1, 2 }, token);
        """,
        new() { OtherFiles = [("Texts.cs", """
            using System.Threading;
            using System.Threading.Tasks;

            static class Texts
            {
                public static Task SendAsync(this string text, params int[] times) => Task.CompletedTask;
                public static Task SendAsync(this string text, int[] times, CancellationToken token) => Task.CompletedTask;
            }
            """)] });

    [Fact]
    public Task Extension_CalledAsStaticMethod_GetsTheToken() => Fixes(
        """
        Task M(CancellationToken token) => Texts.[|SendAsync|]("a", times: 1);
        """,
        """
        Task M(CancellationToken token) => Texts.SendAsync("a", times: 1, token: token);
        """,
        new() { OtherFiles = [("Texts.cs", """
            using System.Threading;
            using System.Threading.Tasks;

            static class Texts
            {
                public static Task SendAsync<T>(this T text, int times) => Task.CompletedTask;
                public static Task SendAsync<T>(this T text, int times, CancellationToken token) => Task.CompletedTask;
            }
            """)] });

    [Fact]
    public Task Places_OfEveryKind_GetTheToken() => Fixes(
        """
        Task<int> AddAsync(int x, CancellationToken t = default) => Task.FromResult(x);
        async Task<object?> M(int kind, C? other, CancellationToken token)
        {
            var all = new List<Task> { [|AddAsync|](1), [|AddAsync|](2) };
            var text = $"{await [|AddAsync|](3)}";
            var chosen = kind switch { 1 => await [|AddAsync|](4), _ => 0 };
            return kind == 1 ? await (other?.[|AddAsync|](5) ?? [|AddAsync|](6)) : new { Sum = await [|AddAsync|](7), all, text, chosen };
        }
        """,
        """
        Task<int> AddAsync(int x, CancellationToken t = default) => Task.FromResult(x);
        async Task<object?> M(int kind, C? other, CancellationToken token)
        {
            var all = new List<Task> { AddAsync(1, token), AddAsync(2, token) };
            var text = $"{await AddAsync(3, token)}";
            var chosen = kind switch { 1 => await AddAsync(4, token), _ => 0 };
            return kind == 1 ? await (other?.AddAsync(5, token) ?? AddAsync(6, token)) : new { Sum = await AddAsync(7, token), all, text, chosen };
        }
        """);

    [Fact]
    public Task Token_IsPassedEverywhereByFixAll() => Fixes(
        """
        async Task M(CancellationToken first, CancellationToken second)
        {
            await Task.[|Delay|](1);
            await Task.[|Delay|](2);
        }
        """,
        """
        async Task M(CancellationToken first, CancellationToken second)
        {
            await Task.Delay(1, first);
            await Task.Delay(2, first);
        }
        """);
}

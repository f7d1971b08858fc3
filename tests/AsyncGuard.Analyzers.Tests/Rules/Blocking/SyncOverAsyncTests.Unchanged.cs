using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// What the fix leaves as it is.
public sealed partial class SyncOverAsyncTests
{
    [Theory]
    [InlineData("private void Plain() { [|_reader.Wait()|]; } private void Quietly() { try { Plain(); } catch (AggregateException) { } }")]
    [InlineData(
        "private void Plain() { [|_reader.Wait()|]; } private void Middle() => Plain(); private void Quietly() { try { Middle(); } catch (AggregateException) { } }")]
    [InlineData(
        "private void Plain() { [|_reader.Wait()|]; } private async Task Quietly() { await Task.Yield(); try { Plain(); } catch (Exception e) when (e.InnerException is IOException) { } }")]
    public Task Wait_WhoseCallerCatchesAggregateException_HasNoFix(string members) =>
    NoFix("Task _reader = Task.CompletedTask; void Start() => _reader = Task.Run(() => { }); " + members);

    // Another build would have an async method that awaits nothing.
    [Theory]
    [InlineData("private void Plain()\n{\n#if !NEVER\n[|_reader.Wait()|];\n#endif\n}")]
    [InlineData("private void Plain() { [|_reader.Wait()|]; }\nprivate void Outer()\n{\n#if !NEVER\nPlain();\n#endif\n}")]
    [InlineData("private void Plain() { [|_reader.Wait()|]; }\nprivate Task Outer()\n{\n#if NEVER\n#else\nPlain();\n#endif\nreturn Task.CompletedTask; }")]
    public Task Wait_ThatSomeBuildsHave_HasNoFix(string members) =>
        NoFix("Task _reader = Task.CompletedTask; void Start() => _reader = Task.Run(() => { });\n" + members);

    [Fact]
    public Task Wait_BesideWhatSomeBuildsHave_IsAwaited() => Fixes(
        "Task _reader = Task.CompletedTask; void Start() => _reader = Task.Run(() => { });\nprivate void Plain()\n{\n#if !NEVER\nConsole.WriteLine();\n#endif\n[|_reader.Wait()|];\n}",
        "Task _reader = Task.CompletedTask; void Start() => _reader = Task.Run(() => { });\nprivate async Task Plain()\n{\n#if !NEVER\nConsole.WriteLine();\n#endif\nawait _reader;\n}");

    // Called by their names and shapes, from where no call is seen
    [Theory]
    [InlineData("class App { } class Startup { Task LoadAsync() => Task.Delay(1); internal void Configure(App app) { [|LoadAsync().Wait()|]; } }")]
    [InlineData("class Page { Task LoadAsync() => Task.Delay(1); internal void Save_Click(object sender, EventArgs e) { [|LoadAsync().Wait()|]; } }")]
    public Task Method_ThatIsCalledByItsShape_IsNotConverted(string source) => NoFix(source);

    // What calls them does so by their names, and knows what they return.
    [Theory]
    [InlineData("string Name { get; set; } = \"\"; internal bool ShouldSerializeName() => [|L().Result|] > 1;")]
    [InlineData("[Data(nameof(Rows))] void Use() { } internal static int[] Rows() => new[] { [|L().Result|] };")]
    [InlineData("internal int Load() => [|L().Result|]; object? Call() => typeof(C).GetMethod(nameof(Load))!.Invoke(this, null);")]
    [InlineData("internal int Load() => [|L().Result|]; object? Call() => typeof(C).GetMethod(\"Load\")!.Invoke(this, null);")]
    [InlineData("class Bag : System.Collections.IEnumerable { internal void Add(int i) { [|L().Wait()|]; } public System.Collections.IEnumerator GetEnumerator() => null!; }")]
    [InlineData("internal int Load() => [|L().Result|]; void Use() { using (new Held()) Load(); } sealed class Held : IDisposable { static readonly ReaderWriterLockSlim Lock = new(); public Held() => Lock.EnterReadLock(); public void Dispose() => Lock.ExitReadLock(); }")]
    public Task Method_ThatIsCalledByItsName_IsNotConverted(string members) => NoFix(
        "static async Task<int> L() { await Task.Yield(); return 1; } class DataAttribute : Attribute { public DataAttribute(string name) { } } "
            + members);
}

using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// A method that is only ever handed over as a delegate is the business of the place that does so.
public sealed partial class AsyncVoidTests
{
    [Theory]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); } async void Tick(object? s) => await Task.Yield();")]
    [InlineData("void M(Action<Action> run) => run(Work); async void Work() => await Task.Yield();")]
    [InlineData("Action? _tick; Timer? _t; void Start() { _tick = Tick; _t = new Timer(_ => _tick()); } async void Tick() => await Task.Yield();")]
    [InlineData("Action? _tick; void Start() => this._tick = this.Tick; async void Tick() { Console.WriteLine(nameof(Tick)); await Task.Yield(); }")]
    public Task Callback_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); Tick(null); } async void [|Tick|](object? s) => await Task.Yield();")]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); } public async void [|Tick|](object? s) => await Task.Yield();")]
    [InlineData("async void [|M|](string bell, EventArgs e) => await Task.Yield();")]
    [InlineData("Action? _tick; void Start() { _tick = Tick; Tick(); } async void [|Tick|]() => await Task.Yield();")]
    [InlineData("string? _name; void Start() => _name = nameof(Tick); async void [|Tick|]() => await Task.Yield();")]
    public Task MethodThatIsCalledAsWell_IsReported(string source) => Reports(source);

    [Theory]
    [InlineData(
        "readonly Timer _t; C() { _t = new Timer(_ => Tick(), null, 0, 10); } async void Tick() { try { await Task.Yield(); } catch (Exception e) { Console.WriteLine(e); } }")]
    [InlineData(
        "Timer? _t; void Start() { _t ??= new Timer(_ => { this.Tick(); }); } void Again() { _t = new Timer(_ => Tick()); } async void Tick() { try { await Task.Yield(); } catch { Console.WriteLine(); } }")]
    [InlineData(
        "readonly Timer _t; C() { _t = new Timer(_ => Tick()); } async void Tick() { try { await Task.Yield(); } catch { Console.WriteLine(nameof(Tick)); } }")]
    public Task CallbackOfATimer_ThatCatchesEverything_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData(
        "readonly Timer _t; C() { _t = new Timer(_ => Tick()); Tick(); } async void [|Tick|]() { try { await Task.Yield(); } catch { Console.WriteLine(); } }")]
    [InlineData(
        "readonly Timer _t; C() { _t = new Timer(_ => Tick()); } async void [|Tick|]() { try { await Task.Yield(); } catch (IOException) { } }")]
    [InlineData(
        "readonly Timer _t; C() { _t = new Timer(_ => Tick()); } public async void [|Tick|]() { try { await Task.Yield(); } catch { Console.WriteLine(); } }")]
    [InlineData(
        "void M(Action<Action> run) { run(() => Work()); } async void [|Work|]() { try { await Task.Yield(); } catch { Console.WriteLine(); } }")]
    public Task CallbackOfATimer_ThatMayFail_IsReported(string source) => Reports(source);

    [Fact]
    public Task Fix_OfALoopWithoutEnd_IsNotOffered() => NoFix(
        "async Task M() { LoopAsync(); await Task.Yield(); } async void [|LoopAsync|]() { while (true) await Task.Delay(1); }");

    // What calls them by their names wants nothing back.
    [Theory]
    [InlineData("class Startup { public async void [|Configure|](object app) { await Task.Yield(); } }")]
    [InlineData("async void [|LoadAsync|]() { await Task.Yield(); } void Use() => typeof(C).GetMethod(nameof(LoadAsync))!.CreateDelegate<Action>(this)();")]
    [InlineData("async void [|LoadAsync|]() { await Task.Yield(); } void Use() => Delegate.CreateDelegate(typeof(Action), this, \"LoadAsync\");")]
    public Task Method_ThatIsCalledByItsShape_HasNoFix(string source) => NoFix(source);

    // Awaited there, it would wait for ever.
    [Fact]
    public Task Method_ThatIsSignalledBehindItsCall_HasNoFix() => NoFix(
        "readonly TaskCompletionSource _ready = new(); async void [|WaitAsync|]() { await _ready.Task; } async Task M() { WaitAsync(); await Task.Yield(); _ready.SetResult(); }");
}

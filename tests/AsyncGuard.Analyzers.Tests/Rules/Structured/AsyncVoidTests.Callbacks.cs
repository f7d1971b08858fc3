using System.Threading.Tasks;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// A method that is only ever handed over as a delegate is the business of the place that does so.
public sealed partial class AsyncVoidTests
{
    [Theory]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); } async void Tick(object? s) => await Task.Yield();")]
    [InlineData("void M(Action<Action> run) => run(Work); async void Work() => await Task.Yield();")]
    public Task Callback_IsSilent(string source) => Silent(source);

    [Theory]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); Tick(null); } async void [|Tick|](object? s) => await Task.Yield();")]
    [InlineData("readonly Timer _t; C() { _t = new Timer(Tick); } public async void [|Tick|](object? s) => await Task.Yield();")]
    [InlineData("async void [|M|](string bell, EventArgs e) => await Task.Yield();")]
    public Task MethodThatIsCalledAsWell_IsReported(string source) => Reports(source);
}

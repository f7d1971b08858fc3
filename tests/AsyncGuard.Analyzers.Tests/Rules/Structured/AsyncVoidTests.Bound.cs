using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Structured;

// What a page binds by its name, and drops what it returns, is a handler in all but its parameters.
public sealed partial class AsyncVoidTests
{
    private const string Model =
        "abstract class Model : System.ComponentModel.INotifyPropertyChanged { public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged; } ";

    private static readonly RuleTestOptions Windows = new() { Stubs = [Stubs.UserInterfaces] };

    [Theory]
    [InlineData("class Shop : Model { public async void SaveCommand() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { internal async void SaveCommand(object? parameter) { await Task.Yield(); } }")]
    [InlineData("class Shop : Model { protected internal async void Save(int id) { await Task.Yield(); } }")]
    [InlineData("partial class Shop : Model { } partial class Shop { public async void Save() => await Task.Yield(); }")]
    [InlineData("class Outer { internal sealed class Shop : Model { public async void Save() => await Task.Yield(); } }")]
    [InlineData("class Shop : Model { public async void Save() => await Task.Yield(); string Name => \"Save\"; /* Save() */ }")]
    [InlineData("class Shop : Model { public async void Save() => await Task.Yield(); } class Other { void Save() { } void M() { Save(); this.Save(); } }")]
    [InlineData("class Shop : Model { public async void Save() => await Task.Yield(); } class Other { Action? Save; void M(Other? o) { o?.Save?.Invoke(); Save = null; } }")]
    public Task MethodOfAModel_ThatNoCodeNames_IsSilent(string source) => Silent(Model + source);

    [Theory]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); void M() => Save(); }")]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); } class Other { void M(Shop? s) => s?.Save(); }")]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); } class Other { void M(Shop s) { s.Save(); } }")]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); Action A => Save; }")]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); Action A => new(this.Save); }")]
    [InlineData("class Shop : Model { public async void [|Save|]() => await Task.Yield(); string Name => nameof(Save); }")]
    [InlineData("class Shop : Model { public async void [|Save|]() { await Task.Yield(); Save(); } }")]
    [InlineData("class Shop : Model { private async void [|Save|]() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { protected async void [|Save|]() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { public static async void [|Save|]() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { public async void [|Save|]<T>() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { public async void [|Save|](int id, string name) => await Task.Yield(); }")]
    [InlineData("class Shop { public async void [|Save|]() => await Task.Yield(); }")]
    [InlineData("class Shop : Model { void M() { Save(); async void [|Save|]() => await Task.Yield(); } }")]
    public Task MethodOfAModel_IsReported_WhereCodeNamesIt_OrNoPageCan(string source) => Reports(Model + source);

    [Theory]
    [InlineData("System.Windows.DependencyObject")]
    [InlineData("Microsoft.UI.Xaml.DependencyObject")]
    public Task MethodOfAPage_ThatNoCodeNames_IsSilent(string type) => Silent(
        $"partial class Page : {type} {{ void InitializeComponent() {{ }} public async void Save() => await Task.Yield(); }}", Windows);

    [Fact]
    public Task MethodOfAPage_ThatCodeNames_IsReported() => Reports(
        "class P : System.Windows.DependencyObject { public async void [|Save|]() => await Task.Yield(); void M() => Save(); }", Windows);
}

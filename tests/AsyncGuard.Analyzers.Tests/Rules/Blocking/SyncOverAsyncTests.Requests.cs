using System.Threading.Tasks;
using AsyncGuard.RuleTesting;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Rules.Blocking;

// Where requests are served, a wait is as bad as in a constructor.
public sealed partial class SyncOverAsyncTests
{
    private static readonly RuleTestOptions Requests = RuleTestOptions.Default with
    {
        References = ReferenceSet.AspNetCore,
        ExtraUsings = ["Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc",
            "Microsoft.AspNetCore.Mvc.Filters", "Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Components"],
    };

    [Theory]
    [InlineData("void M(WebApplication app) => app.MapGet(\"/\", (HttpContext c) => {|#0:c.Request.ReadFormAsync().Result|}.Count);")]
    [InlineData("class Orders : ControllerBase { public int Get(Task<int> t) => {|#0:t.Result|}; }")]
    [InlineData(
        "class Filter : IActionFilter { public void OnActionExecuting(ActionExecutingContext c) => {|#0:Task.Delay(1).Wait()|}; public void OnActionExecuted(ActionExecutedContext c) { } }")]
    [InlineData(
        "class Middleware { public Task InvokeAsync(HttpContext c) => Task.CompletedTask; int Load(Task<int> t) => {|#0:t.Result|}; }")]
    [InlineData("class Chat : Hub { public int Send(Task<int> t) => {|#0:t.Result|}; }")]
    [InlineData("class Page : ComponentBase { protected override void OnInitialized() => {|#0:Task.Delay(1).Wait()|}; }")]
    public Task Wait_WhereRequestsAreServed_IsAWarning(string source) =>
        Reports(source,
        Requests with { Expected = [new DiagnosticResult("AGD0108", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)] });

    [Fact]
    public Task Wait_InAServiceOfGrpc_IsAWarning() => Reports(
        """
        using System;
        using System.Threading.Tasks;
        namespace Grpc.Core { class BindServiceMethodAttribute : Attribute { } }
        [Grpc.Core.BindServiceMethod] class GreeterBase { }
        class Greeter : GreeterBase { int Load(Task<int> t) => {|#0:t.Result|}; }
        """,
        RuleTestOptions.File with
        {
            Expected = [new DiagnosticResult("AGD0108", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(0)],
        });
}

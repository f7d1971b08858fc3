using AsyncGuard.Analysis.Lifetimes;
using Microsoft.CodeAnalysis.Operations;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Lifetimes;

public sealed class LocalLifetimeTests
{
    [Theory]
    [InlineData("void M() { var c = new HttpClient(); c.CancelPendingRequests(); }", true)]
    [InlineData("HttpClient M() { var c = new HttpClient(); return c; }", false)]
    [InlineData("HttpClient? _c; void M() { _c = new HttpClient(); }", false)]
    public void Object_EndsWithTheCall(string members, bool expected) =>
        Assert.Equal(expected, LocalLifetime.EndsWithTheCall(Place.At(members, "new HttpClient()").As<IObjectCreationOperation>()));
}

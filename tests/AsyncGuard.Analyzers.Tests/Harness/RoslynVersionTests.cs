using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CodeFixes;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Harness;

public sealed class RoslynVersionTests
{
#if ROSLYN_FLOOR
    private const string Expected = "4.5";
#else
    private const string Expected = "5.12";
#endif

    [Fact]
    public void LoadedRoslyn_IsTheOneUnderTest()
    {
        Assert.Equal(Expected, typeof(Compilation).Assembly.GetName().Version!.ToString(2));
        Assert.Equal(Expected, typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(2));
        Assert.Equal(Expected, typeof(CodeFixProvider).Assembly.GetName().Version!.ToString(2));
    }
}

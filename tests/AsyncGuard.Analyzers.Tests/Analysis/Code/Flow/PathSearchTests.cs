using System.Linq;
using AsyncGuard.Analysis.Code.Flow;
using Xunit;

namespace AsyncGuard.Analyzers.Tests.Analysis.Code.Flow;

/// <summary>Whether a path leads from <c>From()</c> to <c>To()</c>, with no <c>Stop()</c> on it. All calls may throw.</summary>
public sealed class PathSearchTests
{
    [Theory]
    [InlineData("From(); To();")]
    [InlineData("if (X()) From(); To();")]
    [InlineData("while (X()) { To(); From(); }")]
    [InlineData("From(); if (X()) Stop(); To();")]
    [InlineData("From(); try { return; } finally { To(); }")]
    [InlineData("From(); try { F(); } finally { F(); } To();")]
    [InlineData("while (X()) { try { if (X()) { From(); continue; } } finally { F(); } To(); }")]
    [InlineData("while (X()) { try { if (X()) { From(); break; } } finally { F(); } Stop(); } To();")]
    [InlineData("try { if (X()) { From(); goto end; } } finally { F(); } Stop(); end: To();")]
    [InlineData("try { try { if (X()) { From(); goto end; } } finally { F(); } Stop(); } finally { F(); } end: To();")]
    [InlineData("try { F(); } finally { From(); } To();")]
    [InlineData("try { try { if (X()) goto end; } finally { From(); } Stop(); } finally { F(); } end: To();")]
    [InlineData("From(); try { } finally { while (X()) F(); } To();")]
    [InlineData("From(); try { } finally { try { F(); } finally { F(); } } To();")]
    [InlineData("From(); foreach (var i in Items()) { } To();")]
    [InlineData("From(); using (D()) { } To();")]
    [InlineData("From(); lock (o) { } To();")]
    public void Path_Leads(string body)
    {
        Assert.True(Leads(body, PathExceptions.None));
        Assert.True(Leads(body, PathExceptions.FromEntry));
        Assert.True(Leads(body, PathExceptions.FromEveryPoint));
    }

    [Theory]
    [InlineData("To(); From();")]
    [InlineData("From(); Stop(); To();")]
    [InlineData("From(); if (X()) return; Stop(); To();")]
    [InlineData("From(); if (false) To();")]
    [InlineData("From(); try { F(); } finally { Stop(); } To();")]
    [InlineData("From(); try { if (X()) goto end; F(); } finally { Stop(); } end: To();")]
    [InlineData("try { if (X()) { From(); return; } F(); } finally { F(); } To();")]
    [InlineData("while (X()) { try { if (X()) { From(); break; } } finally { F(); } To(); }")]
    [InlineData("while (X()) { try { if (X()) { From(); continue; } } finally { Stop(); } To(); }")]
    [InlineData("try { if (X()) { From(); goto end; } } finally { F(); } To(); end: F();")]
    [InlineData("try { try { if (X()) { From(); goto end; } } finally { F(); } To(); } finally { F(); } end: F();")]
    [InlineData("try { From(); } finally { throw new Exception(); } To();")]
    [InlineData("try { try { if (X()) return; } finally { From(); } Stop(); } finally { F(); } To();")]
    [InlineData("try { try { From(); F(); } finally { Stop(); } } catch { To(); }")]
    [InlineData("try { try { From(); F(); } catch { } } catch { To(); }")]
    [InlineData("try { F(); } catch (InvalidOperationException) { From(); F(); } catch (Exception) { To(); }")]
    [InlineData("try { F(); } catch { From(); } finally { Stop(); } To();")]
    [InlineData("From(); using (D()) { Stop(); } To();")]
    public void Path_DoesNotLead(string body)
    {
        Assert.False(Leads(body, PathExceptions.None));
        Assert.False(Leads(body, PathExceptions.FromEntry));
        Assert.False(Leads(body, PathExceptions.FromEveryPoint));
    }

    [Theory]
    [InlineData("From(); try { F(); } catch { To(); }")]
    [InlineData("From(); try { F(); Stop(); } catch { To(); }")]
    [InlineData("From(); try { F(); Stop(); } finally { To(); }")]
    [InlineData("From(); try { throw new Exception(); } catch { To(); }")]
    [InlineData("From(); try { F(); Stop(); } catch (InvalidOperationException) { } catch (Exception) when (X()) { To(); }")]
    [InlineData("From(); try { F(); Stop(); } catch (Exception) when (To()) { }")]
    [InlineData("From(); try { F(); try { F(); } finally { Stop(); } } catch { To(); }")]
    [InlineData("From(); try { try { F(); Stop(); } finally { F(); } } catch { To(); }")]
    public void Exception_OfATryThatIsEntered_LeadsToItsHandlers(string body)
    {
        Assert.False(Leads(body, PathExceptions.None));
        Assert.True(Leads(body, PathExceptions.FromEntry));
        Assert.True(Leads(body, PathExceptions.FromEveryPoint));
    }

    [Theory]
    [InlineData("try { From(); Stop(); } catch { To(); }")]
    [InlineData("try { From(); F(); Stop(); } finally { To(); }")]
    [InlineData("try { F(); try { From(); F(); Stop(); } finally { F(); } } catch { To(); }")]
    [InlineData("try { try { From(); F(); Stop(); } catch (InvalidOperationException) { } } catch { To(); }")]
    [InlineData("try { try { F(); } catch { From(); throw; } } catch { To(); }")]
    [InlineData("try { try { F(); Stop(); } finally { From(); } Stop(); } catch { To(); }")]
    [InlineData("try { try { F(); } finally { From(); throw new Exception(); } } catch { To(); }")]
    [InlineData("try { try { F(); } finally { try { From(); F(); Stop(); } finally { F(); } Stop(); } } catch { To(); }")]
    [InlineData("try { From(); throw new Exception(); } catch { To(); }")]
    public void Exception_OfATryThatHoldsTheStart_LeadsToItsHandlers(string body)
    {
        Assert.False(Leads(body, PathExceptions.None));
        Assert.False(Leads(body, PathExceptions.FromEntry));
        Assert.True(Leads(body, PathExceptions.FromEveryPoint));
    }

    [Theory]
    [InlineData("From(); try { try { F(); } finally { Stop(); } } catch { To(); }")]
    [InlineData("From(); try { try { F(); } catch { } } catch { To(); }")]
    [InlineData("From(); try { } catch { To(); }")]
    [InlineData("int x = 0; From(); try { x = 1; Stop2(); void Stop2() { } } finally { Stop(); } To();")]
    [InlineData("From(); try { F(); } finally { Stop(); throw new Exception(); } To();")]
    public void Exception_ThatIsStoppedOnTheWay_DoesNotLead(string body)
    {
        Assert.False(Leads(body, PathExceptions.None));
        Assert.False(Leads(body, PathExceptions.FromEveryPoint));
    }

    [Fact]
    public void Event_InALambda_IsReachedWithTheLambda()
    {
        var graph = Graphs.OfBody("int t = 1; From(); Use(() => { t = 2; }); Stop();");
        var calls = Graphs.CallsIn(graph).ToDictionary(found => found.Call.TargetMethod.Name, found => found.Call.Syntax);
        var inside = calls["Use"].DescendantNodes().Single(node => node.ToString() == "t");
        Assert.True(new EventPaths(graph, []).Leads(calls["From"], [inside]));
        Assert.False(new EventPaths(graph, []).Leads(calls["Stop"], [inside]));
        Assert.False(new EventPaths(graph, [calls["From"]]).Leads(calls["Stop"], [calls["From"]]));
    }

    [Fact]
    public void Event_ThatNothingReaches_LeadsNowhere()
    {
        var graph = Graphs.OfBody("return; From(); To();");
        var calls = Graphs.CallsIn(graph).ToDictionary(found => found.Call.TargetMethod.Name, found => found.Call.Syntax);
        Assert.Null(new EventPaths(graph, []).Leads(calls["From"], [calls["To"]]));
    }

    private static bool Leads(string body, PathExceptions exceptions) => new CallPaths(Graphs.OfBody(body), exceptions).Leads();
}

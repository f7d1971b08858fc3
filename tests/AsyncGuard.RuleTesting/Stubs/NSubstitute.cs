// NSubstitute
using System;

namespace NSubstitute;

public static class SubstituteExtensions
{
    public static T Received<T>(this T substitute) where T : class => throw null!;
    public static T DidNotReceive<T>(this T substitute) where T : class => throw null!;
}

public class Received
{
    public static void InOrder(Action calls) => throw null!;
}

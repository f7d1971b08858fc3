// NLog
using System;

namespace NLog;

public static class LogManager
{
    public static void Flush() { }
    public static void Flush(TimeSpan timeout) { }
    public static void Flush(int timeoutMilliseconds) { }
    public static void Shutdown() { }
    public static object GetLogger(string name) => throw null!;
}

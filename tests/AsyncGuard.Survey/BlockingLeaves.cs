using System;
using System.Collections.Generic;
using System.Linq;

namespace AsyncGuard.Survey;

/// <summary>The members of .NET that hold the thread, as far as IL tells them.</summary>
internal static class BlockingLeaves
{
    private static readonly Dictionary<string, string[]> Members = new()
    {
        ["System.IO.File"] = ["ReadAll*", "WriteAll*", "AppendAll*", "ReadLines", "Open*", "Create", "CreateText", "AppendText", "Copy"],
        ["System.IO.FileInfo"] = ["Open*", "Create*", "AppendText", "CopyTo"],
        ["System.Threading.Thread"] = ["Sleep", "Join"],
        ["System.Threading.WaitHandle"] = ["Wait*", "SignalAndWait"],
        ["System.Threading.ManualResetEventSlim"] = ["Wait"],
        ["System.Threading.SemaphoreSlim"] = ["Wait"],
        ["System.Threading.CountdownEvent"] = ["Wait"],
        ["System.Threading.Barrier"] = ["SignalAndWait"],
        ["System.Threading.Monitor"] = ["Wait"],
        ["System.Threading.Tasks.Task"] = ["Wait", "WaitAll", "WaitAny"],
        ["System.Threading.Tasks.Task`1"] = ["get_Result"],
        ["System.Runtime.CompilerServices.TaskAwaiter"] = ["GetResult"],
        ["System.Runtime.CompilerServices.TaskAwaiter`1"] = ["GetResult"],
        ["System.Diagnostics.Process"] = ["WaitForExit"],
        ["System.Net.Dns"] = ["GetHost*"],
        ["System.Net.Sockets.Socket"] = ["Connect", "Accept", "Receive*", "Send*"],
        ["System.Net.Sockets.TcpClient"] = ["Connect"],
        ["System.Net.Sockets.UdpClient"] = ["Receive", "Send"],
        ["System.Net.WebRequest"] = ["GetResponse", "GetRequestStream"],
        ["System.Net.WebClient"] = ["Download*", "Upload*", "OpenRead"],
        ["System.Net.Http.HttpClient"] = ["Send"],
        ["System.Data.IDbCommand"] = ["Execute*"],
        ["System.Data.Common.DbCommand"] = ["Execute*"],
        ["System.Console"] = ["Read*"],
        ["System.Xml.Linq.XDocument"] = ["Load", "Save"],
        ["System.Xml.XmlDocument"] = ["Load", "Save"],
        ["System.Collections.Concurrent.BlockingCollection`1"] = ["Take"],
    };

    // Opens the file of a path; of a stream that it receives, what reads it counts.
    private static readonly HashSet<string> OpenedByPath =
        ["System.IO.FileStream", "System.IO.StreamReader", "System.IO.StreamWriter", "System.Xml.XmlTextReader"];

    /// <summary>How the report calls the leaf, or null where the member is none.</summary>
    public static string? Of((string Type, string Name) member, IReadOnlyList<string> parameters)
    {
        if (member.Name == ".ctor")
            return OpenedByPath.Contains(member.Type) && parameters is ["System.String", ..] ? $"new {member.Type}" : null;
        return Members.TryGetValue(member.Type, out var names) && names.Any(name => name.EndsWith('*')
            ? member.Name.StartsWith(name[..^1], StringComparison.Ordinal) : name == member.Name) ? $"{member.Type}.{member.Name}" : null;
    }
}

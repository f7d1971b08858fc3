namespace AsyncGuard.Catalog;

/// <summary>Members of processes, archives, sockets, requests and other parts of the platform.</summary>
internal static class PlatformMembers
{
    public static readonly ApiMember ReadKey = new("M:System.Console.ReadKey");

    public static readonly ApiMember KeyAvailable = new("P:System.Console.KeyAvailable");

    public static readonly ApiMember SocketRead = new(
        "M:System.Net.Sockets.NetworkStream.Read",
        "M:System.Net.Sockets.NetworkStream.ReadByte",
        "M:System.Net.Sockets.Socket.Receive");

    /// <summary>Whether bytes have arrived, or how many.</summary>
    public static readonly ApiMember SocketHasData = new(
        "P:System.Net.Sockets.NetworkStream.DataAvailable",
        "P:System.Net.Sockets.Socket.Available");

    public static readonly ApiMember WaitForExit = new("M:System.Diagnostics.Process.WaitForExit");

    public static readonly ApiMember HasExited = new("P:System.Diagnostics.Process.HasExited");

    public static readonly ApiMember Exited = new("E:System.Diagnostics.Process.Exited");

    public static readonly ApiMember EndProcess = new("M:System.Environment.Exit", "M:System.Environment.FailFast");

    public static readonly ApiMember OpenEntry = new("M:System.IO.Compression.ZipArchiveEntry.Open");

    public static readonly ApiMember CreateEntry = new("M:System.IO.Compression.ZipArchive.CreateEntry");

    public static readonly ApiMember GetNextEntry = new("M:System.Formats.Tar.TarReader.GetNextEntry");

    /// <summary>What opens a file or an archive for reading.</summary>
    public static readonly ApiMember ReadMode = new(
        "F:System.IO.FileAccess.Read",
        "F:System.IO.Compression.ZipArchiveMode.Read",
        "F:System.IO.Compression.CompressionMode.Decompress",
        "F:System.Security.Cryptography.CryptoStreamMode.Read");

    /// <summary>The size of a file's buffer, and what a file is opened for, among its options.</summary>
    public static readonly ApiMember FileBuffer = new("P:System.IO.FileStreamOptions.BufferSize");
    public static readonly ApiMember FileAccess = new("P:System.IO.FileStreamOptions.Access");

    public static readonly ApiMember CompleteTransaction = new("M:System.Transactions.TransactionScope.Complete");

    public static readonly ApiMember CreateClient = new("M:System.Net.Http.IHttpClientFactory.CreateClient");

    /// <summary>Maps a request that has a body.</summary>
    public static readonly ApiMember MapBody = new(
        "M:Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPost",
        "M:Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPut",
        "M:Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapPatch");

    public static readonly ApiMember RequestMethod = new("P:System.Net.Http.HttpRequestMessage.Method");

    public static readonly ApiMember HeadMethod = new("P:System.Net.Http.HttpMethod.Head");

    public static readonly ApiMember ResponseContent = new("P:System.Net.Http.HttpResponseMessage.Content");

    public static readonly ApiMember EnsureSuccess = new("M:System.Net.Http.HttpResponseMessage.EnsureSuccessStatusCode");

    public static readonly ApiMember DataMessage = new(
        "F:System.Net.WebSockets.WebSocketMessageType.Text",
        "F:System.Net.WebSockets.WebSocketMessageType.Binary");

    public static readonly ApiMember ComponentInvoke = new("M:Microsoft.AspNetCore.Components.ComponentBase.InvokeAsync");

    public static readonly ApiMember StateHasChanged = new("M:Microsoft.AspNetCore.Components.ComponentBase.StateHasChanged");

    /// <summary>The handlers of a delegate, each by itself.</summary>
    public static readonly ApiMember InvocationList = new(
        "M:System.Delegate.GetInvocationList",
        "M:System.MulticastDelegate.GetInvocationList",
        "M:System.Delegate.EnumerateInvocationList",
        "P:System.Delegate.HasSingleTarget");

    /// <summary>Looks for a regular expression in a text.</summary>
    public static readonly ApiMember Match = new(
        "M:System.Text.RegularExpressions.Regex.IsMatch",
        "M:System.Text.RegularExpressions.Regex.Match",
        "M:System.Text.RegularExpressions.Regex.Matches",
        "M:System.Text.RegularExpressions.Regex.Replace",
        "M:System.Text.RegularExpressions.Regex.Split",
        "M:System.Text.RegularExpressions.Regex.Count",
        "M:System.Text.RegularExpressions.Regex.EnumerateMatches",
        "M:System.Text.RegularExpressions.Regex.EnumerateSplits");

    /// <summary>Waits for the end of a process.</summary>
    public static readonly ApiMember AwaitExit = new(
        "M:System.Diagnostics.Process.WaitForExit",
        "M:System.Diagnostics.Process.WaitForExitAsync");

    /// <summary>What a stream does last.</summary>
    public static readonly ApiMember ReadOrWrite = new("M:System.IO.Stream.Read", "M:System.IO.Stream.Write");

    public static readonly ApiMember ReadAsString = new("M:System.Net.Http.HttpContent.ReadAsStringAsync");

    /// <summary>What reads a body that may be in memory already.</summary>
    public static readonly ApiMember ReadContent = new(
        "M:System.Net.Http.HttpContent.ReadAsStringAsync",
        "M:System.Net.Http.HttpContent.ReadAsByteArrayAsync",
        "M:System.Net.Http.HttpContent.ReadAsStreamAsync",
        "M:System.Net.Http.HttpContent.LoadIntoBufferAsync");

    public static readonly ApiMember ReadJson = new("M:System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync");

    public static readonly ApiMember MessageContent = new(
        "P:System.Net.Http.HttpRequestMessage.Content", "P:System.Net.Http.HttpResponseMessage.Content");

    /// <summary>What ends with the request when it receives no token, and does not throw then.</summary>
    public static readonly ApiMember EndsWithRequest = new(
        "M:Microsoft.AspNetCore.Http.HttpResponseJsonExtensions.WriteAsJsonAsync",
        "M:Microsoft.AspNetCore.Http.SendFileResponseExtensions.SendFileAsync");

    /// <summary>What sends a message to the clients of a hub that its receiver stands for.</summary>
    public static readonly ApiMember SendToClients = new(
        "M:Microsoft.AspNetCore.SignalR.ClientProxyExtensions.SendAsync",
        "M:Microsoft.AspNetCore.SignalR.IClientProxy.SendCoreAsync");

    public static readonly ApiMember Deserialize = new("M:System.Text.Json.JsonSerializer.Deserialize");

    /// <summary>What ends the requests of a client.</summary>
    public static readonly ApiMember CancelRequests = new("M:System.Net.Http.HttpClient.CancelPendingRequests");

    /// <summary>The body of a response as it arrives.</summary>
    public static readonly ApiMember ReadAsStream = new(
        "M:System.Net.Http.HttpContent.ReadAsStream",
        "M:System.Net.Http.HttpContent.ReadAsStreamAsync");
}

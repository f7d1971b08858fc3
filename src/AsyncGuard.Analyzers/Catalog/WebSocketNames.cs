namespace AsyncGuard.Catalog;

/// <summary>Names of members of a <c>WebSocket</c> and of what it receives, which derived sockets declare anew.</summary>
internal static class WebSocketNames
{
    public const string ReceiveAsync = "ReceiveAsync";
    public const string State = "State";
    public const string CloseStatus = "CloseStatus";
    public const string EndOfMessage = "EndOfMessage";
    public const string MessageType = "MessageType";
    public const string Count = "Count";
}

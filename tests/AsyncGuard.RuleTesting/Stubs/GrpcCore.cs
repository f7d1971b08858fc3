// Grpc.Core.Api
using System.Threading;

namespace Grpc.Core;

public abstract class ServerCallContext
{
    public CancellationToken CancellationToken => throw null!;
}

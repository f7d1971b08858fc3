namespace AsyncGuard.Analysis.Blocking;

/// <summary>What kind of synchronous code waits for a task.</summary>
internal enum SyncCodeKind
{
    Plain,
    Constructor,
    Dispose,
    StaticInitializer,
    Property,

    /// <summary>A lambda that makes a service for a dependency injection container.</summary>
    ServiceFactory,

    /// <summary>Code that runs for each request.</summary>
    Request,
}

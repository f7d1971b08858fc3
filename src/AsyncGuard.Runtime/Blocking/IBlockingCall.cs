namespace AsyncGuard;

/// <summary>A piece of work in a limiter's line.</summary>
internal interface IBlockingCall
{
    /// <summary>Guarded by the limiter's lock.</summary>
    IBlockingCall? Next { get; set; }

    /// <summary>Keeps its exceptions to itself.</summary>
    void Run();
}

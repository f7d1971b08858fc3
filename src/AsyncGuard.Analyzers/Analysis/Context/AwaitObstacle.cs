namespace AsyncGuard.Analysis.Context;

/// <summary>Why <c>await</c> cannot be written at a place of async code.</summary>
internal enum AwaitObstacle
{
    None,

    /// <summary>The body of a <c>lock</c> statement.</summary>
    Lock,

    /// <summary>An <c>unsafe</c> block, method or type.</summary>
    Unsafe,

    /// <summary>The <c>when</c> of a <c>catch</c>.</summary>
    CatchFilter,

    /// <summary>A query clause other than the first source.</summary>
    Query,

    /// <summary>A synchronous lambda that is called in place.</summary>
    SynchronousLambda,
}

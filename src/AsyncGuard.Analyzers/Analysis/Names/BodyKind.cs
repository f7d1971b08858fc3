namespace AsyncGuard.Analysis.Names;

/// <summary>When a body runs.</summary>
internal enum BodyKind
{
    /// <summary>When its member is called.</summary>
    OfMember,

    /// <summary>When its member is called, which is async code by its declaration.</summary>
    Async,

    /// <summary>When an object of its type is made.</summary>
    OfType,

    /// <summary>When its type is first touched.</summary>
    OfStart,
}

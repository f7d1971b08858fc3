namespace AsyncGuard.Analysis;

/// <summary>When a body runs.</summary>
internal enum BodyKind
{
    /// <summary>When its member is called.</summary>
    OfMember,

    /// <summary>When its member is called, which is async code by its declaration.</summary>
    Async,

    /// <summary>When its type, or an object of it, is made.</summary>
    OfType,
}

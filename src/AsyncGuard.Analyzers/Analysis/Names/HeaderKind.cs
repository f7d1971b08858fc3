namespace AsyncGuard.Analysis.Names;

/// <summary>What the names in a header are for.</summary>
internal enum HeaderKind
{
    /// <summary>The types of a member: whoever names the member may have an object of theirs.</summary>
    MemberTypes,

    /// <summary>The bases, constraints and positional parameters of a type: whoever has an object of it has one of theirs.</summary>
    Type,

    /// <summary>The result and the parameters of a delegate type: whoever has one of it, or makes one, has theirs.</summary>
    Delegate,

    /// <summary>
    /// The types of the parameters of a member: whoever names it has them already, but for delegates, whose parameters it may learn of.
    /// </summary>
    ParameterTypes,

    /// <summary>
    /// An indexer, an operator, a deconstruction, which are not named: whoever has an object of the type has what it gives.
    /// </summary>
    Unnamed,

    /// <summary>A static import or an alias: the file may use what it names without naming it.</summary>
    Import,

    /// <summary>The same for all files.</summary>
    GlobalImport,
}

namespace AsyncGuard.Analysis.Names;

/// <summary>What the names in a header are for.</summary>
internal enum HeaderKind
{
    /// <summary>The types of a member: code that names the member may have an object of them.</summary>
    MemberTypes,

    /// <summary>The bases, constraints and positional parameters of a type: code that has an object of it has one of them.</summary>
    Type,

    /// <summary>The result and the parameters of a delegate type: code that has or makes one has objects of them.</summary>
    Delegate,

    /// <summary>
    /// The types of the parameters of a member: code that names it has them already, except for delegates, whose parameters it may learn.
    /// </summary>
    ParameterTypes,

    /// <summary>
    /// An indexer, an operator, a deconstruction, which are not named: code that has an object of the type has what it returns.
    /// </summary>
    Unnamed,

    /// <summary>A static import or an alias: the file may use what it names without naming it.</summary>
    Import,

    /// <summary>The same for all files.</summary>
    GlobalImport,
}

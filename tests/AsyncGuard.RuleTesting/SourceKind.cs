namespace AsyncGuard.RuleTesting;

/// <summary>What the text of a test is.</summary>
public enum SourceKind
{
    /// <summary>Members of a class; the harness indents them and writes the usings and <c>partial class C { … }</c> around them.</summary>
    Members,

    /// <summary>A whole file of a library.</summary>
    File,

    /// <summary>A whole file with top-level statements, compiled as a console application.</summary>
    TopLevel,
}

using System;

namespace AsyncGuard.Analysis.Code.Flow;

/// <summary>With which outcomes of a condition a path goes on.</summary>
[Flags]
internal enum PathBranches
{
    None = 0,
    WhenTrue = 1,
    WhenFalse = 2,
    Both = WhenTrue | WhenFalse,
}

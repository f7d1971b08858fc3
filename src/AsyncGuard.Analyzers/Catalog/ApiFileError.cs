namespace AsyncGuard.Catalog;

/// <summary>A line of a catalog file that could not be read.</summary>
internal sealed class ApiFileError(int line, string problem)
{
    public int Line { get; } = line;

    public string Problem { get; } = problem;
}

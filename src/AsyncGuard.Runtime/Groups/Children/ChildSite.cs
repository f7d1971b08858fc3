using System.IO;

namespace AsyncGuard;

/// <summary>What a child was called and where it was started. Children that wait in a line share it.</summary>
internal class ChildSite(string? name, string? file, int line)
{
    public string? Name => name;

    public string? File => file;

    public int Line => line;

    /// <summary>The record of a child that begins.</summary>
    public virtual ChildRecord Record() => new(name, file, line);

    public override string ToString()
    {
        var place = file is null ? "" : line > 0 ? $"{Path.GetFileName(file)}:{line}" : Path.GetFileName(file);
        return name is null ? place.Length == 0 ? "unnamed" : place : place.Length == 0 ? name : $"{name} ({place})";
    }
}

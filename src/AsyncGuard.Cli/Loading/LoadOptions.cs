using System.Collections.Generic;

namespace AsyncGuard.Cli.Loading;

/// <summary>What is loaded and how.</summary>
/// <param name="Path">The full path of a solution or project file.</param>
/// <param name="Properties">Global properties of MSBuild.</param>
/// <param name="Restores">Whether packages are restored where no assets file exists.</param>
internal sealed record LoadOptions(string Path, IDictionary<string, string> Properties, bool Restores);

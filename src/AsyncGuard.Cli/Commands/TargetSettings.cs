using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using AsyncGuard.Cli.Loading;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary>What every command asks: which code, how it is loaded, which rules.</summary>
internal class TargetSettings : CommandSettings
{
    [CommandArgument(0, "[PATH]")]
    [Description("A solution (.sln, .slnx, .slnf), a project, or a folder that holds one; the current folder by default")]
    public string Path { get; init; } = ".";

    [CommandOption("-c|--configuration <NAME>")]
    [Description("The configuration that is loaded; 'Debug' by default")]
    public string Configuration { get; init; } = "Debug";

    [CommandOption("-p|--property <NAME=VALUE>")]
    [Description("An MSBuild property; may be repeated")]
    public string[] Properties { get; init; } = [];

    [CommandOption("--rules <IDS>")]
    [Description("Only these rules, separated by commas, for example AGD0101,AGD0103")]
    public string? Rules { get; init; }

    [CommandOption("--no-restore")]
    [Description("Does not run 'dotnet restore' where it has not been run")]
    public bool NoRestore { get; init; }

    [CommandOption("--allow-unloaded")]
    [Description("Does not fail because of projects that could not be loaded")]
    public bool AllowUnloaded { get; init; }

    public IReadOnlySet<string>? RuleIds => Rules is null ? null : Split(Rules).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public override ValidationResult Validate()
    {
        if (Properties.FirstOrDefault(property => property.IndexOf('=') < 1) is { } wrong)
            return ValidationResult.Error($"'{wrong}' is no property; expected NAME=VALUE");
        if (RuleIds?.FirstOrDefault(id => !RuleTable.Ids().Contains(id, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            return ValidationResult.Error($"There is no rule '{unknown}'");
        return ValidationResult.Success();
    }

    public LoadOptions ToLoadOptions() => new(TargetPath.Find(Path), GlobalProperties(), !NoRestore);

    private Dictionary<string, string> GlobalProperties()
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Configuration"] = Configuration };
        foreach (var property in Properties)
        {
            var equals = property.IndexOf('=');
            all[property[..equals]] = property[(equals + 1)..];
        }

        return all;
    }

    private static string[] Split(string list) =>
        list.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

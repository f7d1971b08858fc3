using System;
using AsyncGuard.Cli.Loading;
using Spectre.Console;
using Spectre.Console.Cli;

namespace AsyncGuard.Cli.Commands;

/// <summary>What the tool exits with.</summary>
internal static class ExitCode
{
    public const int Clean = 0;
    public const int Findings = 1;
    public const int Failed = 2;
    private const int Cancelled = 130;

    /// <summary>Prints why a command could not run, without a stack trace for what the user can mend, and returns the exit code.</summary>
    public static int Of(Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException:
                Console.Error.WriteLine("Cancelled.");
                return Cancelled;
            case LoadException or CommandAppException or System.IO.IOException or UnauthorizedAccessException:
                Console.Error.WriteLine("error: " + exception.Message);
                return Failed;
            default:
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).WriteException(exception);
                return Failed;
        }
    }
}

using System.Linq;

namespace AsyncGuard.Cli.Reports;

/// <summary>Text of the audited code, so that a terminal shows it and obeys nothing in it.</summary>
internal static class TerminalText
{
    /// <summary>The text with control characters, except for tabs and ends of lines, as the letters of their escapes.</summary>
    public static string Of(string text) => !text.Any(IsObeyed) ? text
        : string.Concat(text.Select(character => IsObeyed(character) ? $"\\u{(int)character:x4}" : character.ToString()));

    private static bool IsObeyed(char character) => char.IsControl(character) && character is not ('\t' or '\r' or '\n');
}

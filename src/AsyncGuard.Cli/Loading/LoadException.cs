using System;

namespace AsyncGuard.Cli.Loading;

/// <summary>Nothing could be loaded; the message says why.</summary>
internal sealed class LoadException(string message) : Exception(message);

using System;

namespace AsyncGuard.Chaos;

/// <summary>An error of a random program.</summary>
internal sealed class PlannedException(string message) : Exception(message);

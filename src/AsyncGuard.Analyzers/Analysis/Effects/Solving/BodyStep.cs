namespace AsyncGuard.Analysis.Effects.Solving;

/// <summary>How the reading of a body goes on after an operation.</summary>
internal enum BodyStep
{
    /// <summary>With what the operation calls, and with what is inside it.</summary>
    Inside,

    /// <summary>With what stands behind the operation.</summary>
    Behind,

    /// <summary>Not at all: the rest of the body changes nothing.</summary>
    Stop,
}

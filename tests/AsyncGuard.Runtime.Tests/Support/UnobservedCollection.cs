using Xunit;

namespace AsyncGuard.Support;

/// <summary>Tests that listen to process-wide events, or count what the process allocates, run one after the other.</summary>
[CollectionDefinition(nameof(UnobservedCollection), DisableParallelization = true)]
public sealed class UnobservedCollection;

namespace AsyncGuard.Analysis.Context;

/// <summary>What happens to a delegate where it is created.</summary>
internal enum DelegateUseKind
{
    Unknown,

    /// <summary>Called inside the call that receives it: <c>list.ForEach(x => …)</c>.</summary>
    InPlace,

    /// <summary>Called on another thread, where blocking is allowed: <c>Task.Run(() => …)</c>.</summary>
    Offloaded,
}

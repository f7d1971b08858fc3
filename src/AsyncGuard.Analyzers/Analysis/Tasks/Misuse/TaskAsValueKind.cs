namespace AsyncGuard.Analysis.Tasks.Misuse;

/// <summary>How code takes a task for its result.</summary>
internal enum TaskAsValueKind
{
    None,

    /// <summary>It is written into text: <c>$"{LoadAsync()}"</c>, <c>"a" + LoadAsync()</c>.</summary>
    Text,

    /// <summary>It is passed to what shows, serialises or sends the value: <c>Results.Ok(LoadAsync())</c>.</summary>
    Shown,

    /// <summary>It is the result, as an object, of another task: <c>async Task&lt;object&gt; M() { return LoadAsync(); }</c></summary>
    Returned,

    /// <summary>It is compared with null, which it never is: <c>FindAsync() == null</c>.</summary>
    Compared,
}

namespace AsyncGuard.Survey;

/// <summary>A synchronous member and what its awaitable form does.</summary>
public sealed record SurveyedMember(string Type, string Name, AwaitableForm Form, string Detail, string Token)
{
    /// <summary>Whether awaiting it may give the thread back.</summary>
    public bool IsReal => Form is AwaitableForm.Awaits or AwaitableForm.HandsOn or AwaitableForm.OnThePool or AwaitableForm.Abstract;

    public string Says => Form switch
    {
        AwaitableForm.Awaits => "awaits",
        AwaitableForm.NeverAwaits => "is async and never awaits",
        AwaitableForm.InPlace => "runs the synchronous one in place",
        AwaitableForm.OnThePool => "runs on the thread pool",
        AwaitableForm.HandsOn => $"hands on to {Detail}",
        AwaitableForm.Inherited => $"is inherited from {Detail}, which runs the synchronous one in place",
        AwaitableForm.Completed => "returns a finished task",
        AwaitableForm.Abstract => "is abstract",
        _ => "is unknown",
    };

    /// <summary>A line for the catalog, to be confirmed by a run.</summary>
    public string CatalogLine =>
        Form == AwaitableForm.Unknown ? $"# M:{Type}.{Name}(*)" : IsReal ? $"M:{Type}.{Name}(*); blocks; {Name}Async"
        : $"M:{Type}.{Name}(*); blocks no-twin";
}

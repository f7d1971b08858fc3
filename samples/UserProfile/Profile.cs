namespace UserProfile;

/// <summary>A name from the database and a picture from another service.</summary>
public sealed record Profile(string Name, string Avatar);

/// <summary>How long each side takes on top of its real work, in milliseconds.</summary>
public sealed record Delays(int Database, int Http, bool HttpFails = false);

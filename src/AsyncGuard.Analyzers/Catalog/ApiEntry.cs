namespace AsyncGuard.Catalog;

/// <summary>One line of a catalog file.</summary>
internal sealed class ApiEntry(string id, string type, string member, string? parameters, ApiTraits traits, string? answer, int line)
{
    /// <summary>The documentation id as the file writes it.</summary>
    public string Id { get; } = id;

    /// <summary><c>T</c> for a type, <c>M</c> for a method or constructor, <c>P</c> for a property, <c>F</c> for a field.</summary>
    public char Kind => Id[0];

    /// <summary>The type as a documentation id writes it: <c>System.Threading.Tasks.Task`1</c>.</summary>
    public string Type { get; } = type;

    /// <summary>The type's name as source writes it: <c>Task</c>.</summary>
    public string TypeName
    {
        get
        {
            var name = Type.Substring(Type.LastIndexOf('.') + 1);
            var arity = name.IndexOf('`');
            return arity < 0 ? name : name.Substring(0, arity);
        }
    }

    /// <summary>The member's name; empty for a type; ends with <c>*</c> where it stands for every name with that prefix.</summary>
    public string Member { get; } = member;

    /// <summary>The parameter list as a documentation id writes it, or null for every overload.</summary>
    public string? Parameters { get; } = parameters;

    public ApiTraits Traits { get; } = traits;

    /// <summary>What to use instead: the name of an awaitable counterpart, or a documentation id.</summary>
    public string? Answer { get; } = answer;

    /// <summary>Where the entry stands in its file, from 1.</summary>
    public int Line { get; } = line;

    public bool IsType => Kind == 'T';

    public bool Has(ApiTraits trait) => Traits.HasAny(trait);

    public override string ToString() => Id;
}

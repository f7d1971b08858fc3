using AsyncGuard.Plans;
using Microsoft.CodeAnalysis;

namespace AsyncGuard.Editing.Finished;

/// <summary>How code writes a task of some type that has ended: without a value, with one, with an exception.</summary>
internal sealed class FinishedTask
{
    private static readonly SymbolDisplayFormat Name =
        SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly bool _isValueTask;
    private readonly string? _result;

    private FinishedTask(ITypeSymbol? result, bool isValueTask, string? name)
    {
        Result = result;
        _isValueTask = isValueTask;
        _result = name;
    }

    /// <summary>What the task gives, or null.</summary>
    public ITypeSymbol? Result { get; }

    /// <summary>The task without a value.</summary>
    public string Done => _isValueTask ? "default" : "Task.CompletedTask";

    /// <summary>Null where the type is no task, or the framework cannot make such a task.</summary>
    public static FinishedTask? Of(ITypeSymbol type, SyntaxNode place, FixContext fix)
    {
        if (type is not INamedTypeSymbol { Arity: <= 1 } task) return null;
        var types = fix.Guard.Types;
        var isValueTask = fix.Guard.Awaitables.IsValueTask(task);
        if (!isValueTask && !SymbolEqualityComparer.Default.Equals(task, types.Task)
            && !SymbolEqualityComparer.Default.Equals(task.OriginalDefinition, types.TaskOfT))
            return null;
        if (types.Task!.GetMembers("CompletedTask").IsEmpty || (isValueTask && types.ValueTask!.GetMembers("FromException").IsEmpty))
            return null;

        var result = task.Arity == 0 ? null : task.TypeArguments[0];
        return new FinishedTask(result, isValueTask, result?.ToMinimalDisplayString(fix.Model, place.SpanStart, Name));
    }

    /// <summary>The task that gives the value, with the type written down where the value alone does not say it.</summary>
    public string With(string value, bool namesType) =>
        _isValueTask ? $"new ValueTask<{_result}>({value})" : namesType ? $"Task.FromResult<{_result}>({value})"
        : $"Task.FromResult({value})";

    public string Failed(string exception)
    {
        var type = _isValueTask ? "ValueTask" : "Task";
        return _result is null ? $"{type}.FromException({exception})" : $"{type}.FromException<{_result}>({exception})";
    }
}

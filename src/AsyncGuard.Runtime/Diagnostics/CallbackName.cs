using System;
using System.Runtime.CompilerServices;

namespace AsyncGuard;

/// <summary>Names what a delegate runs: the method, and for a continuation the async method that it continues.</summary>
internal static class CallbackName
{
    public static string Of(Delegate? callback)
    {
        if (callback is null) return "callback";
        if (callback.Target is { } target)
        {
            if (StateMachineIn(target) is { } stateMachine) return OfStateMachine(stateMachine);
            if (target is Delegate inner && inner != callback) return Of(inner);
        }

        return Of(callback.Method.DeclaringType, callback.Method.Name);
    }

    /// <summary>A posted callback: what it continues is in the state, as a delegate or as the box of the async method.</summary>
    public static string OfPosted(Delegate? callback, object? state)
    {
        if (state is Delegate continuation) return Of(continuation);
        return state is not null && StateMachineIn(state) is { } stateMachine ? OfStateMachine(stateMachine) : Of(callback);
    }

    /// <summary>
    /// <c>Service.LoadAsync</c> for the compiler's <c>Service.&lt;LoadAsync&gt;d__3</c>; a lambda is named after the method around it.
    /// </summary>
    public static string Of(Type? declaringType, string methodName)
    {
        if (methodName is "MoveNext" && declaringType is not null && IsCompilerMade(declaringType.Name))
            return OfStateMachine(declaringType);
        var isLambda = IsCompilerMade(methodName);
        var method = isLambda ? UserPart(methodName) + Kind(methodName) : methodName;
        while (declaringType is not null && IsCompilerMade(declaringType.Name)) declaringType = declaringType.DeclaringType;
        return declaringType is null ? method : $"{TypeName(declaringType)}.{method}";
    }

    /// <summary>
    /// The same for a method as a stack trace writes it: <c>Shop.Service.&lt;LoadAsync&gt;d__3.MoveNext</c>, or with a lambda
    /// <c>Shop.Service.&lt;&gt;c.&lt;Load&gt;b__0_0</c>.
    /// </summary>
    public static string InStackTrace(string method)
    {
        var types = method.IndexOf(".<", StringComparison.Ordinal);
        if (types <= 0) return method;
        const string MoveNext = ".MoveNext";
        var isStateMachine = method.EndsWith(MoveNext, StringComparison.Ordinal);
        var name = isStateMachine ? method.Substring(0, method.Length - MoveNext.Length) : method;
        name = name.Substring(name.LastIndexOf(".<", StringComparison.Ordinal) + 1);
        if (isStateMachine) name = UserMethod(name);
        return $"{method.Substring(0, types)}.{(IsCompilerMade(name) ? UserPart(name) + Kind(name) : name)}";
    }

    /// <summary>The async method's state machine in the runtime's box around it.</summary>
    private static Type? StateMachineIn(object box)
    {
        var type = box.GetType();
        if (!type.IsGenericType) return null;
        foreach (var argument in type.GetGenericArguments())
        {
            if (typeof(IAsyncStateMachine).IsAssignableFrom(argument)) return argument;
        }

        return null;
    }

    private static string OfStateMachine(Type stateMachine) => Of(stateMachine.DeclaringType, UserMethod(stateMachine.Name));

    /// <summary>
    /// The method of a state machine: of <c>&lt;LoadAsync&gt;d__3</c>, of <c>&lt;&lt;LoadAsync&gt;b__0&gt;d</c> for a lambda, of
    /// <c>&lt;&lt;Main&gt;g__Local|0_1&gt;d</c> for a local function.
    /// </summary>
    private static string UserMethod(string stateMachine)
    {
        var end = stateMachine.LastIndexOf(">d", StringComparison.Ordinal);
        return end > 1 ? stateMachine.Substring(1, end - 1) : stateMachine;
    }

    private static bool IsCompilerMade(string name) => name.Length > 0 && name[0] == '<';

    private static string UserPart(string name)
    {
        // The program's own statements are called <<Main>$>b__0.
        var inner = name.TrimStart('<');
        var end = inner.IndexOf('>');
        return end > 0 ? inner.Substring(0, end) : name;
    }

    private static string Kind(string name)
    {
        var local = name.IndexOf(">g__", StringComparison.Ordinal);
        if (local >= 0)
        {
            var bar = name.IndexOf('|', local);
            return "." + name.Substring(local + 4, (bar < 0 ? name.Length : bar) - local - 4);
        }

        return name.Contains(">b__") ? " (lambda)" : "";
    }

    private static string TypeName(Type type)
    {
        var name = type.Name;
        var tick = name.IndexOf('`');
        if (tick > 0) name = name.Substring(0, tick);
        return type.DeclaringType is { } outer ? $"{TypeName(outer)}.{name}" : name;
    }
}

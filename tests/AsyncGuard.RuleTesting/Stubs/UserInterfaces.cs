// UserInterfaces
// The bases of what frameworks of Windows, and engines with assemblies of their own, run on one thread, and how code gets there.
namespace System.Windows.Threading
{
    public abstract class DispatcherObject
    {
    }
}

namespace System.Windows
{
    public class DependencyObject : Threading.DispatcherObject
    {
    }
}

namespace System.Windows.Forms
{
    public class Control
    {
        public System.Threading.Tasks.Task InvokeAsync(
            System.Action callback, System.Threading.CancellationToken cancellationToken = default) => throw null!;
        public System.Threading.Tasks.Task InvokeAsync(
            System.Func<System.Threading.CancellationToken, System.Threading.Tasks.ValueTask> callback,
            System.Threading.CancellationToken cancellationToken = default) => throw null!;
    }
}

namespace Avalonia.Threading
{
    public class DispatcherOperation
    {
        public System.Runtime.CompilerServices.TaskAwaiter GetAwaiter() => throw null!;
    }

    public class DispatcherOperation<T> : DispatcherOperation
    {
        public new System.Runtime.CompilerServices.TaskAwaiter<T> GetAwaiter() => throw null!;
    }

    public class Dispatcher
    {
        public static Dispatcher UIThread => throw null!;
        public void Post(System.Action action) => throw null!;
        public void Invoke(System.Action callback) => throw null!;
        public TResult Invoke<TResult>(System.Func<TResult> callback) => throw null!;
        public DispatcherOperation InvokeAsync(System.Action callback) => throw null!;
        public DispatcherOperation<TResult> InvokeAsync<TResult>(System.Func<TResult> callback) => throw null!;
        public System.Threading.Tasks.Task InvokeAsync(System.Func<System.Threading.Tasks.Task> callback) => throw null!;
        public System.Threading.Tasks.Task<TResult> InvokeAsync<TResult>(
            System.Func<System.Threading.Tasks.Task<TResult>> action) => throw null!;
    }
}

namespace Microsoft.Maui.ApplicationModel
{
    public static class MainThread
    {
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Action action) => throw null!;
        public static System.Threading.Tasks.Task InvokeOnMainThreadAsync(System.Func<System.Threading.Tasks.Task> funcTask) => throw null!;
    }
}

namespace Microsoft.Maui.Dispatching
{
    public interface IDispatcher
    {
        bool Dispatch(System.Action action);
    }

    public static class DispatcherExtensions
    {
        public static System.Threading.Tasks.Task DispatchAsync(this IDispatcher dispatcher, System.Action action) => throw null!;
        public static System.Threading.Tasks.Task DispatchAsync(
            this IDispatcher dispatcher, System.Func<System.Threading.Tasks.Task> funcTask) => throw null!;
    }
}

namespace System.Web.UI
{
    public class Control
    {
    }
}

namespace Windows.UI.Xaml
{
    public class DependencyObject
    {
    }
}

namespace Microsoft.UI.Xaml
{
    public class DependencyObject
    {
    }
}

namespace Eto.Forms
{
    public abstract class Widget
    {
    }
}

namespace Gtk
{
    public class Widget
    {
    }
}

namespace Godot
{
    public class Node
    {
    }
}

namespace UnityEngine
{
    public class Object
    {
    }
}

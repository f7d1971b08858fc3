// UserInterfaces
// The bases of what frameworks of Windows, and engines with assemblies of their own, run on one thread.
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

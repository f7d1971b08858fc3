// System.Management
using System;

namespace System.Management;

public class ManagementObjectCollection { }

public class ManagementObjectSearcher : IDisposable { public ManagementObjectCollection Get() => throw null!; public void Dispose() { } }

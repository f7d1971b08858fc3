// System.IO.Ports
using System;
using System.ComponentModel;
using System.IO;

namespace System.IO.Ports;

public class SerialPort : Component
{
    public Stream BaseStream => throw null!;
    public void Open() { }
    public int Read(byte[] buffer, int offset, int count) => 0;
    public int Read(char[] buffer, int offset, int count) => 0;
    public int ReadByte() => 0;
    public int ReadChar() => 0;
    public string ReadLine() => "";
    public string ReadTo(string value) => "";
    public string ReadExisting() => "";
    public void Write(byte[] buffer, int offset, int count) { }
    public void Write(string text) { }
    public void WriteLine(string text) { }
}

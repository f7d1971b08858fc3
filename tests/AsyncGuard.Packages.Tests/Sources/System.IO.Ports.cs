using System.IO.Ports;

class Uses
{
    static async Task Directly(SerialPort port, byte[] buffer)
    {
        var line = port.ReadLine(); //! AGD0104
        port.Write(buffer, 0, 1); //! AGD0104
        port.WriteLine("a"); //! AGD0104
        var read = port.Read(buffer, 0, 1); //! AGD0104
        var rest = port.ReadExisting();
        await port.BaseStream.WriteAsync(buffer);
    }
}

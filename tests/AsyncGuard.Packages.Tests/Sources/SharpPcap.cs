using SharpPcap;

class Uses
{
    static async Task Directly(ILiveDevice device, byte[] data)
    {
        device.Open(); //! AGD0104
        var status = device.GetNextPacket(out var packet); //! AGD0104
        device.SendPacket(data); //! AGD0104
        device.Capture(); //! AGD0104
        device.StartCapture();
        await Task.Yield();
    }

    static async Task Through(ILiveDevice device)
    {
        Next(device); //! AGD0105
        await Task.Yield();
    }

    static GetPacketStatus Next(ILiveDevice device) => device.GetNextPacket(out _);
}

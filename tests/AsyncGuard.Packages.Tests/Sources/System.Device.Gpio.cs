using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;

class Uses
{
    static async Task Directly(GpioController controller, I2cDevice i2c, SpiDevice spi, CancellationToken token)
    {
        var pin = controller.OpenPin(1);
        controller.Write(1, PinValue.High);
        var result = controller.WaitForEvent(1, PinEventTypes.Rising, token); //! AGD0103
        i2c.Read(new byte[10]); //? AGD0104
        spi.TransferFullDuplex(new byte[10], new byte[10]); //? AGD0104
        await controller.WaitForEventAsync(1, PinEventTypes.Rising, token);
    }
}

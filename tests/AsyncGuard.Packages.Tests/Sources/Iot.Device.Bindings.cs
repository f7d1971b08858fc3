using Iot.Device.Bmxx80;
using Iot.Device.DHTxx;
using Iot.Device.Hcsr04;

class Uses
{
    static async Task Directly(Bme280 sensor, Dht22 dht, Hcsr04 sonar)
    {
        var read = sensor.Read(); //! AGD0103
        var ok = dht.TryReadTemperature(out _); //! AGD0104
        var far = sonar.TryGetDistance(out _); //! AGD0104
        var sampling = sensor.TemperatureSampling;
        await sensor.ReadAsync();
    }

    static async Task Through(Bme280 sensor)
    {
        Read(sensor); //! AGD0105
        await Task.Yield();
    }

    static object Read(Bme280 sensor) => sensor.Read();
}

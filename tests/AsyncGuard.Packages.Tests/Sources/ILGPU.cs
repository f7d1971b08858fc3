using ILGPU;
using ILGPU.Runtime;

class Uses
{
    static async Task Directly(Accelerator accelerator, MemoryBuffer1D<int, Stride1D.Dense> buffer, AcceleratorStream stream)
    {
        accelerator.Synchronize(); //! AGD0104
        stream.Synchronize(); //! AGD0103|AGD0104
        var values = buffer.GetAsArray1D(); //! AGD0104
        var view = buffer.View;
        var length = buffer.Length;
        await Task.Yield();
    }

    static async Task Through(Accelerator accelerator)
    {
        Wait(accelerator); //! AGD0105
        await Task.Yield();
    }

    static void Wait(Accelerator accelerator) => accelerator.Synchronize();
}

using NumSharp;

class Uses
{
    static async Task Directly(NDArray array, Stream stream, byte[] bytes)
    {
        var loaded = np.load("a.npy"); //! AGD0104
        np.save("b.npy", array); //! AGD0104
        var fromText = np.loadtxt("a.txt"); //! AGD0104
        var fromFile = np.fromfile("a.bin", NPTypeCode.Double); //! AGD0104
        np.savez("c.npz", array, array); //! AGD0104
        array.tofile("d.bin"); //! AGD0104
        var streamed = np.load_npy(stream); //! AGD0104
        var inMemory = np.load(bytes);
        var sum = np.sum(array);
        await Task.Yield();
    }

    static async Task Through()
    {
        Load(); //! AGD0105
        await Task.Yield();
    }

    static NDArray Load() => np.load_npy("a.npy");
}

using System.Collections.Generic;

namespace AsyncGuard;

/// <summary>Shuffles what is ready at one moment, the same way for the same seed on every platform.</summary>
internal sealed class ReadyOrder(int seed)
{
    private ulong _state = (ulong)(uint)seed * 0x9E3779B97F4A7C15UL + 0xD1B54A32D192ED03UL;

    public void Shuffle(List<LoopHandle> handles)
    {
        for (var i = handles.Count - 1; i > 0; i--)
        {
            var j = (int)(Next() % (ulong)(i + 1));
            (handles[i], handles[j]) = (handles[j], handles[i]);
        }
    }

    // splitmix64
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

using Cloud.Unum.USearch;

class Uses
{
    static async Task Directly(USearchIndex index, float[] vector)
    {
        using var loaded = new USearchIndex("a.usearch"); //! AGD0104
        index.Save("b.usearch"); //! AGD0104
        using var made = new USearchIndex(MetricKind.Cos, ScalarKind.Float32, 128);
        made.Add(1, vector);
        var found = made.Search(vector, 10, out var keys, out var distances);
        var size = made.Size();
        await Task.Yield();
    }

    static async Task Through(USearchIndex index)
    {
        Keep(index); //! AGD0105
        await Task.Yield();
    }

    static void Keep(USearchIndex index) => index.Save("b.usearch");
}

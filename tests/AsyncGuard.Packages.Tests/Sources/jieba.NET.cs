using JiebaNet.Analyser;
using JiebaNet.Segmenter;

class Uses
{
    static async Task Directly(JiebaSegmenter segmenter, TfidfExtractor extractor)
    {
        segmenter.LoadUserDict("words.txt"); //! AGD0104
        extractor.SetIdfPath("idf.txt"); //! AGD0104
        extractor.SetStopWords("stop.txt"); //! AGD0104
        var loader = new IdfLoader("idf.txt"); //! AGD0104
        var words = segmenter.Cut("text").ToList();
        segmenter.AddWord("word");
        var tags = extractor.ExtractTags("text").ToList();
        await Task.Yield();
    }

    static async Task Through(JiebaSegmenter segmenter)
    {
        Prepare(segmenter); //! AGD0105
        await Task.Yield();
    }

    static void Prepare(JiebaSegmenter segmenter) => segmenter.LoadUserDict("words.txt");
}

using System.Text;
using Lucene.Net.Analysis.Compound;
using Lucene.Net.Analysis.Compound.Hyphenation;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Synonym;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

class Uses
{
    static async Task Directly(HyphenationTree tree, SolrSynonymParser parser, Stream stream, TextReader reader)
    {
        tree.LoadPatterns("hyphenation.xml"); //! AGD0104
        tree.LoadPatterns(stream); //! AGD0104
        tree = HyphenationCompoundWordTokenFilter.GetHyphenationTree("hyphenation.xml"); //! AGD0104
        tree = HyphenationCompoundWordTokenFilter.GetHyphenationTree(stream); //! AGD0104
        parser.Parse(reader); //! AGD0104
        var words = WordlistLoader.GetWordSet(reader, LuceneVersion.LUCENE_48); //! AGD0104
        var lines = WordlistLoader.GetLines(stream, Encoding.UTF8); //! AGD0104
        parser.Parse(new StringReader("a => b"));
        using var analyzer = new StandardAnalyzer(LuceneVersion.LUCENE_48);
        using var tokens = analyzer.GetTokenStream("field", "text");
        while (tokens.IncrementToken()) Console.Write('.');
        await Task.Yield();
    }

    static async Task Through(HyphenationTree tree)
    {
        Load(tree); //! AGD0105
        await Task.Yield();
    }

    static void Load(HyphenationTree tree) => tree.LoadPatterns("hyphenation.xml", Encoding.UTF8);
}

using Lingua;

class Uses
{
    static async Task Directly(string text, LanguageDetector given)
    {
        var detector = LanguageDetectorBuilder.FromAllLanguages().WithPreloadedLanguageModels().Build(); //? AGD0104|AGD0106
        var language = given.DetectLanguageOf(text);
        var few = LanguageDetectorBuilder.FromLanguages(Language.English, Language.German);
        await Task.Yield();
    }
}

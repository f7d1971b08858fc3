using Polly;

class Uses
{
    static async Task Directly(ResiliencePipeline pipeline, HttpClient http)
    {
        pipeline.Execute(() => File.ReadAllText("a")); //! AGD0103
        await pipeline.ExecuteAsync(async token => await http.GetStringAsync("a")); //! AGD0301
        await pipeline.ExecuteAsync(async token => await http.GetStringAsync("a", token));
    }
}

using OpenAI.Chat;
using OpenAI.Embeddings;
using OpenAI.Files;

class Uses
{
    static async Task Directly(ChatClient chat, EmbeddingClient embeddings, OpenAIFileClient files, List<ChatMessage> messages)
    {
        var answer = chat.CompleteChat(messages).Value; //! AGD0103
        foreach (var update in chat.CompleteChatStreaming(messages)) Console.Write(update.ContentUpdate.Count); //! AGD0104
        var vector = embeddings.GenerateEmbedding("a").Value; //! AGD0103
        files.DeleteFile("id"); //! AGD0103
        var message = new UserChatMessage("a");
        var text = answer.Content[0].Text;
        var options = new ChatCompletionOptions { Temperature = 0 };
        await chat.CompleteChatAsync(messages, options);
    }

    static async Task Streaming(ChatClient chat, List<ChatMessage> messages)
    {
        await foreach (var update in chat.CompleteChatStreamingAsync(messages)) Console.Write(update.ContentUpdate.Count);
    }

    static async Task Through(ChatClient chat)
    {
        Ask(chat, "a"); //! AGD0105
        await Task.Yield();
    }

    static string Ask(ChatClient chat, string text) => chat.CompleteChat(text).Value.Content[0].Text;
}

using Telegram.Bot;

class Uses
{
    static async Task Directly(ITelegramBotClient bot, CancellationToken token)
    {
        await bot.SendMessage(1, "a"); //! AGD0301
        await bot.SendMessage(1, "a", cancellationToken: token);
        bot.SendMessage(1, "a", cancellationToken: token).Wait(); //! AGD0102
    }

    static void Dropped(ITelegramBotClient bot)
    {
        bot.SendMessage(1, "a"); //! AGD0201
    }
}

using OpenQA.Selenium;

class More
{
    static async Task Directly(IWebDriver driver, IWebElement element)
    {
        var title = driver.Title; //! AGD0104
        var text = element.Text; //! AGD0104
        element.Clear(); //! AGD0104
        var value = element.GetAttribute("a"); //! AGD0104
        await Task.Yield();
    }

    static async Task Through(IWebDriver driver)
    {
        IsThere(driver); //! AGD0105
        await Task.Yield();
    }

    static bool IsThere(IWebDriver driver) => driver.Title == "a";
}

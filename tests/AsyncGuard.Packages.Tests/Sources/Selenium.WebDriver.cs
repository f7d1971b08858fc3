using OpenQA.Selenium;

class Uses
{
    static async Task Directly(IWebDriver driver)
    {
        driver.Navigate().GoToUrl("https://example.com"); //! AGD0103
        var element = driver.FindElement(By.Id("a")); //! AGD0104
        element.Click(); //! AGD0104
        await Task.Yield();
    }
}

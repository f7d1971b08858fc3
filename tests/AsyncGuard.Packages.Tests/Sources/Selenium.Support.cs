using OpenQA.Selenium;
using OpenQA.Selenium.Support.UI;

class Uses
{
    static async Task Directly(IWebDriver driver)
    {
        var wait = new WebDriverWait(driver, TimeSpan.FromSeconds(10));
        var element = wait.Until(d => d.FindElement(By.Id("a"))); //! AGD0104
        new SelectElement(element).SelectByText("x"); //! AGD0104
        await driver.Navigate().GoToUrlAsync("https://localhost");
    }

    static async Task Through(IWebDriver driver)
    {
        Wait(driver); //! AGD0105
        await Task.Yield();
    }

    static void Wait(IWebDriver driver) =>
        new WebDriverWait(driver, TimeSpan.FromSeconds(10)).Until(d => d.Title == "a");
}

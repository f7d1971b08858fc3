using OpenQA.Selenium;
using Selenium.Axe;

class Uses
{
    static async Task Directly(IWebDriver driver, IWebElement element)
    {
        var result = new AxeBuilder(driver).WithTags("wcag2a").Analyze(); //! AGD0104
        var part = new AxeBuilder(driver).Analyze(element); //! AGD0104
        var whole = driver.Analyze(); //! AGD0104
        var violations = result.Violations.Length;
        await Task.Yield();
    }

    static async Task Through(IWebDriver driver)
    {
        Check(driver); //! AGD0105
        await Task.Yield();
    }

    static AxeResult Check(IWebDriver driver) => new AxeBuilder(driver).Analyze();
}

using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

class Uses
{
    static async Task Directly(IRenderedComponent<ComponentBase> component)
    {
        var button = component.Find("button");
        component.WaitForState(() => true); //! AGD0103
        component.WaitForAssertion(() => { }); //! AGD0103
        var found = component.WaitForElement("button"); //! AGD0103
        button.Click(); //? AGD0103
        await component.InvokeAsync(() => { });
        var markup = component.Markup;
    }
}

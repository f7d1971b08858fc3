using FluentValidation;

class Uses
{
    static async Task Directly(IValidator<string> validator)
    {
        var result = validator.Validate("a");
        validator.ValidateAndThrow("a");
        await validator.ValidateAsync("a");
    }
}

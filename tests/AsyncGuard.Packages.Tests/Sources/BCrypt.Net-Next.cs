class Uses
{
    static async Task<bool> Directly(string password)
    {
        var hash = BCrypt.Net.BCrypt.HashPassword(password); //! AGD0106
        await Task.Yield();
        return BCrypt.Net.BCrypt.Verify(password, hash); //! AGD0106
    }
}

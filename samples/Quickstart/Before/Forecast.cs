using System.Security.Cryptography;

namespace Quickstart.Before;

public sealed class Forecast
{
    private const int Rounds = 400_000_000;

    public async Task<double> BestAsync(double start, CancellationToken cancellationToken)
    {
        await Task.Delay(10, cancellationToken);
        var best = double.MaxValue;
        for (var i = 0; i < Rounds; i++)                                   // AGD0106
        {
            best = Math.Min(best, Math.Sqrt(start + i));
        }

        return best;
    }

    public async Task<byte[]> SealAsync(string pin, byte[] salt, CancellationToken cancellationToken)
    {
        var key = Rfc2898DeriveBytes.Pbkdf2(pin, salt, 600_000, HashAlgorithmName.SHA256, 32); // AGD0106
        await Task.Yield();
        return SHA256.HashData(key);
    }
}

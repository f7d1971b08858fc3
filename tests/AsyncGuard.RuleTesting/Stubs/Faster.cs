// FASTER.core
using System.Threading;
using System.Threading.Tasks;

namespace FASTER.core
{
    public class FasterLog
    {
        public void Commit(bool spinWait = false)
        {
        }

        public async ValueTask CommitAsync(CancellationToken token = default) => await Task.Delay(1, token);
    }
}

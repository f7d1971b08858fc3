// Quartz
using System.Threading;
using System.Threading.Tasks;

namespace Quartz;

public interface IJobExecutionContext
{
    CancellationToken CancellationToken { get; }
}

public interface IJob
{
    Task Execute(IJobExecutionContext context);
}

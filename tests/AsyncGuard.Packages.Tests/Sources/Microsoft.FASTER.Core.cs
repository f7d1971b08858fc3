using FASTER.core;

class Uses
{
    static async Task Directly(FasterLog log, byte[] entry, CancellationToken token)
    {
        var address = log.Enqueue(entry); //? AGD0103
        log.Commit(true); //! AGD0103
        log.Commit();
        log.Commit(false);
        log.WaitForCommit(); //! AGD0103
        log.EnqueueAndWaitForCommit(entry); //! AGD0103
        await log.CommitAsync(token);
    }

    static async Task Directly(FasterKV<long, long> store)
    {
        store.Recover(); //! AGD0103
        await store.TakeHybridLogCheckpointAsync(CheckpointType.FoldOver);
    }
}

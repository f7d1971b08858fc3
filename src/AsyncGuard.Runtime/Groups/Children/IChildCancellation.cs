namespace AsyncGuard;

/// <summary>How a handle stops its child.</summary>
internal interface IChildCancellation
{
    void Cancel();
}

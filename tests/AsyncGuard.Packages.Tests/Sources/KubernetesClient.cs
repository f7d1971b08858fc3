using k8s;

class Uses
{
    static async Task Directly(IKubernetes client, CancellationToken token)
    {
        var pods = client.CoreV1.ListNamespacedPod("default"); //! AGD0103

        {
            var all = await client.CoreV1.ListNamespacedPodAsync("default"); //! AGD0301
            await client.CoreV1.ListNamespacedPodAsync("default", cancellationToken: token);
        }
    }
}

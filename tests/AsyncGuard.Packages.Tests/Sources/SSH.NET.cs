using Renci.SshNet;

class Uses
{
    static async Task Directly(SshClient ssh, SftpClient sftp, ScpClient scp, Stream stream, CancellationToken token)
    {
        ssh.Connect(); //! AGD0103
        using var command = ssh.RunCommand("ls"); //! AGD0104
        using var created = ssh.CreateCommand("ls");
        created.Execute(); //! AGD0104
        sftp.UploadFile(stream, "a"); //! AGD0103|AGD0104
        sftp.DownloadFile("a", stream); //! AGD0103|AGD0104
        var text = sftp.ReadAllText("a"); //! AGD0104
        sftp.WriteAllText("a", "b"); //! AGD0104
        var files = sftp.ListDirectory("/"); //! AGD0104
        sftp.DeleteFile("a"); //! AGD0103
        scp.Upload(stream, "a"); //! AGD0104
        scp.Download("a", stream); //! AGD0104

        {
            await ssh.ConnectAsync(token);
        }
    }

    static async Task Through(SshClient ssh)
    {
        Run(ssh); //! AGD0105
        await Task.Yield();
    }

    static string Run(SshClient ssh) => ssh.RunCommand("ls").Result;
}

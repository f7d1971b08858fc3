using LibGit2Sharp;

class More
{
    static async Task Directly(Repository repository, Commit commit, Signature signature)
    {
        var references = Repository.ListRemoteReferences("https://localhost"); //! AGD0104
        repository.Reset(ResetMode.Hard, commit); //! AGD0104
        var merged = repository.Merge(commit, signature); //! AGD0104
        var changes = repository.Diff.Compare<TreeChanges>(commit.Tree, commit.Tree); //! AGD0104
        await Task.Yield();
    }
}

using Marten;

class Doc
{
    public int Id { get; set; }
}

class Uses
{
    static async Task Directly(IDocumentSession session, IDocumentStore store, CancellationToken token)
    {
        session.Store(new Doc());
        await session.SaveChangesAsync(); //! AGD0301
        var doc = await session.LoadAsync<Doc>(1, token);
        var all = session.Query<Doc>().Where(doc => doc.Id > 1).ToList(); //? AGD0103
        var first = session.Query<Doc>().FirstOrDefault(doc => doc.Id == 1); //! AGD0103
        await using var other = store.LightweightSession();
    }

    static void Dropped(IDocumentSession session)
    {
        session.SaveChangesAsync(); //! AGD0201
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

class User
{
    public int Id { get; set; }
}

class Db : DbContext
{
    public DbSet<User> Users => Set<User>();
}

class Uses
{
    static async Task Directly(Db db, IQueryable<User> query, CancellationToken token)
    {
        var all = db.Users.Where(user => user.Id > 1).ToList(); //! AGD0103
        var one = db.Users.First(user => user.Id == 1); //! AGD0103
        var any = query.Any(); //! AGD0103
        var found = db.Users.Find(1); //! AGD0103
        var raw = db.Database.SqlQuery<int>($"select 1").ToList(); //! AGD0103
        var byText = db.Users.FromSqlRaw("select * from Users").ToList(); //! AGD0103
        foreach (var user in db.Users.Where(user => user.Id > 2).ToArray()) Console.WriteLine(user.Id); //! AGD0103
        db.Users.Add(new User());
        db.SaveChanges(); //! AGD0103
        db.Database.Migrate(); //! AGD0103
        db.Database.EnsureCreated(); //! AGD0103
        db.Database.ExecuteSqlRaw("delete from Users"); //! AGD0103
        using var transaction = await db.Database.BeginTransactionAsync(token); //! AGD0505
        transaction.Commit(); //! AGD0103
        db.Users.Where(user => user.Id > 3).ExecuteDelete(); //? AGD0103
        var list = new List<int> { 1 }.AsQueryable().ToList();
    }

    static async Task Tokens(Db db, CancellationToken token)
    {
        await db.SaveChangesAsync(); //! AGD0301
        await db.Users.ToListAsync(); //! AGD0301
        await foreach (var user in db.Users.AsAsyncEnumerable()) Console.WriteLine(user.Id); //! AGD0310
        await foreach (var user in db.Users.AsAsyncEnumerable().WithCancellation(token)) Console.WriteLine(user.Id);
    }

    static async Task Through(Db db)
    {
        Names(db); //! AGD0105
        Save(db); //! AGD0105
        Upgrade(db); //! AGD0105
        Count(db.Users); //! AGD0105
        Sum([1, 2]);
        await Task.Yield();
    }

    static List<int> Names(Db db) => db.Users.Select(user => user.Id).ToList();

    static void Save(Db db) => db.SaveChanges();

    static void Upgrade(Db db) => db.Database.Migrate();

    static int Count(IQueryable<User> users) => users.Count();

    static int Sum(List<int> numbers) => numbers.AsQueryable().Where(number => number > 1).Sum();
}

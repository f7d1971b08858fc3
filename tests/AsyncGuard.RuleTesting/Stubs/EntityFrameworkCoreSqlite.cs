// Microsoft.EntityFrameworkCore.Sqlite
namespace Microsoft.EntityFrameworkCore;

public static class SqliteDbContextOptionsBuilderExtensions { }

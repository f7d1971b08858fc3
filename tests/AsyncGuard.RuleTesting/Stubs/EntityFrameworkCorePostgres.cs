// Npgsql.EntityFrameworkCore.PostgreSQL
namespace Microsoft.EntityFrameworkCore;

public static class NpgsqlDbContextOptionsBuilderExtensions { }

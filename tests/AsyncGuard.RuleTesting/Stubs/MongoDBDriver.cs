// MongoDB.Driver
using System;
using System.Linq.Expressions;
using System.Threading;
using System.Threading.Tasks;

namespace MongoDB.Driver;

public class FindOptions { }

public interface IFindFluent<TDocument, TProjection> { }

public interface IAsyncCursor<out TDocument> : IDisposable { }

public interface IMongoCollection<TDocument>
{
    IAsyncCursor<TDocument> FindSync(Expression<Func<TDocument, bool>> filter, FindOptions? options = null,
        CancellationToken cancellationToken = default);
    void InsertOne(TDocument document, object? options = null, CancellationToken cancellationToken = default);
    Task InsertOneAsync(TDocument document, object? options = null, CancellationToken cancellationToken = default);
    object ReplaceOne(Expression<Func<TDocument, bool>> filter, TDocument replacement, object? options = null,
        CancellationToken cancellationToken = default);
    Task<object> ReplaceOneAsync(Expression<Func<TDocument, bool>> filter, TDocument replacement, object? options = null,
        CancellationToken cancellationToken = default);
    object DeleteOne(Expression<Func<TDocument, bool>> filter, CancellationToken cancellationToken = default);
    Task<object> DeleteOneAsync(Expression<Func<TDocument, bool>> filter, CancellationToken cancellationToken = default);
    long CountDocuments(Expression<Func<TDocument, bool>> filter, object? options = null, CancellationToken cancellationToken = default);
    Task<long> CountDocumentsAsync(Expression<Func<TDocument, bool>> filter, object? options = null,
        CancellationToken cancellationToken = default);
    Task<IAsyncCursor<TDocument>> FindAsync(Expression<Func<TDocument, bool>> filter, FindOptions? options = null,
        CancellationToken cancellationToken = default);
}

public interface IClientSessionHandle : IDisposable { }

public interface IMongoClient
{
    IClientSessionHandle StartSession(object? options = null, CancellationToken cancellationToken = default);
    Task<IClientSessionHandle> StartSessionAsync(object? options = null, CancellationToken cancellationToken = default);
}

public static class IMongoCollectionExtensions
{
    public static IAsyncCursor<TDocument> FindSync<TDocument>(this IMongoCollection<TDocument> collection, string filter,
        CancellationToken cancellationToken = default) => throw null!;
    public static Task<IAsyncCursor<TDocument>> FindAsync<TDocument>(this IMongoCollection<TDocument> collection, string filter,
        CancellationToken cancellationToken = default) => throw null!;
    public static IFindFluent<TDocument, TDocument> Find<TDocument>(this IMongoCollection<TDocument> collection,
        Expression<Func<TDocument, bool>> filter, FindOptions? options = null) => throw null!;
}

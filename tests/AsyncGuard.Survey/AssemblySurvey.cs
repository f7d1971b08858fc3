using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AsyncGuard.Survey;

/// <summary>
/// The public members of an assembly that have an awaitable form beside them, or inherit one from a base class of the framework.
/// </summary>
public sealed class AssemblySurvey
{
    private const string Suffix = "Async";

    private readonly MetadataReader _reader;
    private readonly MethodSurvey _methods;

    private AssemblySurvey(PEReader file)
    {
        _reader = file.GetMetadataReader();
        _methods = new MethodSurvey(file, _reader);
    }

    public static IReadOnlyList<SurveyedMember> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return [];
        var survey = new AssemblySurvey(file);
        return [.. survey._reader.TypeDefinitions.Where(survey.IsPublic).SelectMany(survey.MembersOf)];
    }

    /// <summary>The public types of some assemblies, and how many public methods of theirs return a task.</summary>
    public static (IReadOnlyCollection<string> Types, int Tasks) TypesOf(IEnumerable<string> assemblies)
    {
        var types = new HashSet<string>();
        var tasks = 0;
        foreach (var path in assemblies)
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata) continue;
            var survey = new AssemblySurvey(file);
            foreach (var handle in survey._reader.TypeDefinitions.Where(survey.IsPublic))
            {
                types.Add(TypeNames.Of(survey._reader, handle));
                tasks += survey.PublicMethods(handle).Count(survey._methods.IsAwaitable);
            }
        }

        return (types, tasks);
    }

    private bool IsPublic(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        return (type.Attributes & TypeAttributes.VisibilityMask) switch
        {
            TypeAttributes.Public => true,
            TypeAttributes.NestedPublic => IsPublic(type.GetDeclaringType()),
            _ => false,
        };
    }

    private IEnumerable<SurveyedMember> MembersOf(TypeDefinitionHandle handle)
    {
        var type = TypeNames.Of(_reader, handle);
        foreach (var name in PublicMethods(handle).Select(method => _reader.GetString(_reader.GetMethodDefinition(method).Name))
            .Where(name => name != "Dispose" && !name.EndsWith(Suffix, StringComparison.Ordinal)).Distinct())
        {
            if (AwaitableIn(handle, name + Suffix) is { } twin)
            {
                var (form, detail) = _methods.FormOf(twin, name);
                yield return new SurveyedMember(type, name, form, detail, _methods.TokenOf(twin));
            }
            else if (InheritedFrom(handle, name + Suffix) is { } declaring)
            {
                yield return new SurveyedMember(type, name, AwaitableForm.Inherited, declaring, "as the base");
            }
        }
    }

    private IEnumerable<MethodDefinitionHandle> PublicMethods(TypeDefinitionHandle type) =>
        _reader.GetTypeDefinition(type).GetMethods()
        .Where(method => (_reader.GetMethodDefinition(method).Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public);

    // The one of the type itself or of a base class in the same assembly; of several overloads the one that says most.
    private MethodDefinitionHandle? AwaitableIn(TypeDefinitionHandle type, string name)
    {
        for (var current = type; ;)
        {
            var found = PublicMethods(current)
                .Where(method => _reader.GetString(_reader.GetMethodDefinition(method).Name) == name && _methods.IsAwaitable(method))
                .ToList();
            if (found.Count > 0) return found.MaxBy(_methods.Weight);
            if (_reader.GetTypeDefinition(current).BaseType is not { IsNil: false, Kind: HandleKind.TypeDefinition } @base) return null;
            current = (TypeDefinitionHandle)@base;
        }
    }

    // SqlTransaction overrides Commit, and DbTransaction.CommitAsync calls it in place. The hook behind a member that is not virtual counts
    // as well.
    private string? InheritedFrom(TypeDefinitionHandle type, string name)
    {
        var overrides = new HashSet<string>();
        for (var current = type; ;)
        {
            var definition = _reader.GetTypeDefinition(current);
            foreach (var method in definition.GetMethods()) overrides.Add(_reader.GetString(_reader.GetMethodDefinition(method).Name));
            if (definition.BaseType.IsNil) return null;
            if (definition.BaseType.Kind == HandleKind.TypeDefinition)
            {
                current = (TypeDefinitionHandle)definition.BaseType;
                continue;
            }

            var outside = TypeNames.OfEntity(_reader, definition.BaseType);
            var hook = name switch
            {
                "ExecuteReaderAsync" => "ExecuteDbDataReaderAsync",
                "BeginTransactionAsync" =>
                "BeginDbTransactionAsync",
                _ => name
            };
            var framework = outside.StartsWith("System.Data.Common.", StringComparison.Ordinal)
                ? typeof(System.Data.Common.DbConnection).Assembly.GetType(outside) : null;
            return framework?.GetMethods().Any(method => method.Name == name) == true && !overrides.Contains(hook) ? outside : null;
        }
    }
}

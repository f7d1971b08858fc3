using System.Reflection.Metadata;

namespace AsyncGuard.Survey;

/// <summary>Types by the names that documentation ids write: <c>System.Threading.Tasks.Task`1</c>.</summary>
internal static class TypeNames
{
    public static string Of(MetadataReader reader, TypeDefinitionHandle handle)
    {
        if (handle.IsNil) return "";
        var type = reader.GetTypeDefinition(handle);
        return Join(type.GetDeclaringType() is { IsNil: false } outer ? Of(reader, outer) : reader.GetString(type.Namespace),
            reader.GetString(type.Name));
    }

    public static string OfEntity(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                return Of(reader, (TypeDefinitionHandle)handle);
            case HandleKind.TypeReference:
                var type = reader.GetTypeReference((TypeReferenceHandle)handle);
                return Join(type.ResolutionScope.Kind == HandleKind.TypeReference ? OfEntity(reader, type.ResolutionScope)
                    : reader.GetString(type.Namespace), reader.GetString(type.Name));
            case HandleKind.TypeSpecification:
                return reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(SignatureNames.Instance, null);
            default:
                return "";
        }
    }

    private static string Join(string outer, string name) => outer.Length == 0 ? name : outer + "." + name;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace AsyncGuard.Repository;

/// <summary>The public surface as text, one member a line.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
                yield return $"{name} = {Convert.ToInt32(Enum.Parse(type, name))}";
            yield break;
        }
        foreach (var constructor in type.GetConstructors(Declared & ~BindingFlags.Static))
            yield return $"{Plain(type)}({Parameters(constructor)})";
        foreach (var field in type.GetFields(Declared))
            yield return $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
        foreach (var property in type.GetProperties(Declared))
        {
            var accessor = property.GetMethod ?? property.SetMethod!;
            yield return $"{(accessor.IsStatic ? "static " : "")}{Name(property.PropertyType)}{Mark(Nullability.Create(property))} {property.Name} "
                + $"{{ {(property.GetMethod is { IsPublic: true } ? "get; " : "")}{(property.SetMethod is { IsPublic: true } ? "set; " : "")}}}";
        }
        foreach (var e in type.GetEvents(Declared))
            yield return $"{(e.AddMethod!.IsStatic ? "static " : "")}event {Name(e.EventHandlerType!)} {e.Name}";
        foreach (var method in type.GetMethods(Declared).Where(static method => !method.IsSpecialName))
        {
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static t => t.Name))}>" : "";
            yield return $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} "
                + $"{method.Name}{generic}({Parameters(method)})";
        }
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(static parameter =>
    {
        var prefix = parameter.IsOut ? "out " : parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        var value = parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? (parameter.ParameterType.IsValueType ? "default" : "null")}" : "";
        return $"{prefix}{Name(type)}{Mark(Nullability.Create(parameter))} {parameter.Name}{value}";
    }));

    private static string Mark(NullabilityInfo info)
        => info.Type.IsValueType || info.Type.IsGenericParameter || info.ReadState != NullabilityState.Nullable ? "" : "?";

    private static string Kind(Type type)
        => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsSealed ? "sealed class" : "class";

    private static string Bases(Type type)
    {
        var bases = type.IsEnum || type.IsValueType ? [] : new[] { type.BaseType }.Where(static t => t is not null && t != typeof(object)).Select(static t => Name(t!)).ToList();
        if (!type.IsEnum && type.BaseType is { } parent)
            bases.AddRange(type.GetInterfaces().Except(parent.GetInterfaces()).Where(static i => i.IsPublic).Select(Name).Order(StringComparer.Ordinal));
        return bases.Count == 0 ? "" : $" : {string.Join(", ", bases)}";
    }

    private static string Plain(Type type) => type.Name.Split('`')[0];

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType)
            return type.Name switch { "String" => "string", "Int32" => "int", "Boolean" => "bool", "Void" => "void", "Object" => "object", _ => type.Name };
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Name));
        return type.FullName?.StartsWith("System.ValueTuple", StringComparison.Ordinal) == true ? $"({arguments})" : $"{Plain(type)}<{arguments}>";
    }
}

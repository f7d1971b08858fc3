using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AsyncGuard.Survey;

/// <summary>
/// The public members of an assembly that have no awaitable form, and whose IL leads to a call that holds the thread: a file that is opened
/// by its path, a socket, a process, a wait. Calls through an interface or an overridden member are not followed.
/// </summary>
public sealed class BlockingSurvey
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    /// <summary>Of each method that leads to a leaf: what it calls next on the way, and the leaf.</summary>
    private readonly Dictionary<MethodDefinitionHandle, (string Next, string Leaf)> _leads = new();

    private BlockingSurvey(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
    }

    public static IReadOnlyList<BlockingMember> Of(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata) return [];
        var survey = new BlockingSurvey(file);
        survey.Follow();
        return [.. survey._reader.TypeDefinitions.Where(survey.IsPublic).SelectMany(survey.MembersOf)];
    }

    private void Follow()
    {
        var callers = new Dictionary<MethodDefinitionHandle, List<MethodDefinitionHandle>>();
        var reached = new Queue<MethodDefinitionHandle>();
        foreach (var method in _reader.MethodDefinitions)
        {
            foreach (var token in CallsOf(method))
            {
                if (BodyOf(token) is { } own)
                {
                    if (!callers.TryGetValue(own, out var list)) callers.Add(own, list = []);
                    list.Add(method);
                }
                else if (!_leads.ContainsKey(method) && BlockingLeaves.Of(IlReader.NameOf(_reader, token), ParametersOf(token)) is { } leaf)
                {
                    _leads.Add(method, ("", leaf));
                    reached.Enqueue(method);
                }
            }
        }

        while (reached.TryDequeue(out var method))
        {
            if (!callers.TryGetValue(method, out var above)) continue;
            foreach (var caller in above)
            {
                if (_leads.TryAdd(caller, (NameOf(method), _leads[method].Leaf))) reached.Enqueue(caller);
            }
        }
    }

    private IEnumerable<BlockingMember> MembersOf(TypeDefinitionHandle handle)
    {
        var type = TypeNames.Of(_reader, handle);
        var methods = _reader.GetTypeDefinition(handle).GetMethods().ToList();
        var names = methods.Select(method => _reader.GetString(_reader.GetMethodDefinition(method).Name)).ToHashSet();
        foreach (var method in methods)
        {
            var definition = _reader.GetMethodDefinition(method);
            var name = _reader.GetString(definition.Name);
            if ((definition.Attributes & MethodAttributes.MemberAccessMask) != MethodAttributes.Public
                || !_leads.TryGetValue(method, out var lead)
                || name is ".cctor" or "Dispose" or "Finalize" || name.EndsWith("Async", StringComparison.Ordinal)
                || names.Contains(name + "Async") || name.Contains('<'))
                continue;
            var signature = definition.DecodeSignature(SignatureNames.Instance, null);
            if (signature.ReturnType.StartsWith("System.Threading.Tasks.", StringComparison.Ordinal)) continue;
            yield return new BlockingMember(type, name == ".ctor" ? "#ctor" : name, string.Join(',', signature.ParameterTypes), lead.Next,
                lead.Leaf);
        }
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

    // What a lambda calls is not called here; an async method gives its thread back.
    private IEnumerable<int> CallsOf(MethodDefinitionHandle method)
    {
        var definition = _reader.GetMethodDefinition(method);
        if (definition.RelativeVirtualAddress == 0 || IsMoveNextOfAsync(definition)
            || _file.GetMethodBody(definition.RelativeVirtualAddress).GetILBytes() is not { } il)
            return [];
        return IlReader.Read(il).Where(step => step.Code.Name is "call" or "callvirt" or "newobj").Select(step => step.Operand);
    }

    private bool IsMoveNextOfAsync(MethodDefinition method)
    {
        var type = _reader.GetTypeDefinition(method.GetDeclaringType());
        return type.GetInterfaceImplementations()
            .Select(made => TypeNames.OfEntity(_reader, _reader.GetInterfaceImplementation(made).Interface))
            .Any(name => name.EndsWith("IAsyncStateMachine", StringComparison.Ordinal));
    }

    // The body of Rows() that yields is that of <Rows>d__1.MoveNext, and runs where the sequence is enumerated.
    private MethodDefinitionHandle? BodyOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return BodyOf(MetadataTokens.GetToken(_reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method));
            case HandleKind.MethodDefinition:
                var own = (MethodDefinitionHandle)handle;
                var type = _reader.GetTypeDefinition(_reader.GetMethodDefinition(own).GetDeclaringType());
                var name = _reader.GetString(type.Name);
                if (!name.StartsWith('<') || !name.Contains(">d__", StringComparison.Ordinal)) return own;
                foreach (var other in type.GetMethods())
                {
                    if (_reader.GetString(_reader.GetMethodDefinition(other).Name) == "MoveNext") return other;
                }

                return own;
            default:
                return null;
        }
    }

    private IReadOnlyList<string> ParametersOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        return handle.Kind switch
        {
            HandleKind.MethodSpecification => ParametersOf(MetadataTokens.GetToken(
                _reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method)),
            HandleKind.MemberReference when _reader.GetMemberReference((MemberReferenceHandle)handle) is var member
                && member.GetKind() == MemberReferenceKind.Method =>
                member.DecodeMethodSignature(SignatureNames.Instance, null).ParameterTypes,
            _ => [],
        };
    }

    private string NameOf(MethodDefinitionHandle method) =>
        TypeNames.Of(_reader, _reader.GetMethodDefinition(method).GetDeclaringType()) + "."
        + _reader.GetString(_reader.GetMethodDefinition(method).Name);
}

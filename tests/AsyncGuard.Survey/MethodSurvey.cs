using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace AsyncGuard.Survey;

/// <summary>What the body of an awaitable method tells.</summary>
internal sealed class MethodSurvey(PEReader file, MetadataReader reader)
{
    private const string Tasks = "System.Threading.Tasks.";
    private const string Token = "System.Threading.CancellationToken";

    // Methods that the runtime itself suspends have no state machine.
    private const int RuntimeAsync = 0x2000;

    public bool IsAwaitable(MethodDefinitionHandle method) =>
        IsTask(reader.GetMethodDefinition(method).DecodeSignature(SignatureNames.Instance, null).ReturnType);

    private static bool IsTask(string type) => type is Tasks + "Task" or Tasks + "Task`1" or Tasks + "ValueTask" or Tasks + "ValueTask`1";

    /// <summary>The overload that awaits says more than the one that hands on to it.</summary>
    public int Weight(MethodDefinitionHandle method) => (MachineOf(method) is not null ? 2 : 0) + (TokenIndex(method) >= 0 ? 1 : 0);

    /// <summary>What the method does instead of the synchronous one of that name; and to whom it hands on.</summary>
    public (AwaitableForm Form, string Detail) FormOf(MethodDefinitionHandle method, string synchronous)
    {
        var definition = reader.GetMethodDefinition(method);
        if (definition.RelativeVirtualAddress == 0) return (AwaitableForm.Abstract, "");
        var machine = MachineOf(method);
        var steps = Instructions(machine ?? method)
            .Where(step => step.Code.OperandType is OperandType.InlineMethod or OperandType.InlineTok).ToList();
        var calls = steps.ConvertAll(step => (IlReader.NameOf(reader, step.Operand).Type, IlReader.NameOf(reader, step.Operand).Name,
            GivesTask: GivesTask(step.Operand)));
        if (machine is not null)
            return (calls.Exists(call => call.Name is "AwaitUnsafeOnCompleted" or "AwaitOnCompleted") ? AwaitableForm.Awaits
                : AwaitableForm.NeverAwaits, "");
        if (((int)definition.ImplAttributes & RuntimeAsync) != 0)
            return (calls.Exists(call => call.Type.EndsWith("AsyncHelpers", StringComparison.Ordinal)) ? AwaitableForm.Awaits
                : AwaitableForm.NeverAwaits, "");

        if (calls.Exists(
            call => call is (Tasks + "Task", "Run", _) or (Tasks + "TaskFactory", "StartNew", _)
                or (Tasks + "TaskFactory`1", "StartNew", _)))
            return (AwaitableForm.OnThePool, "");

        // Open(async: true) has the name of the synchronous one, and returns a task
        if (calls.Exists(call => call.Name == synchronous && !call.GivesTask)) return (AwaitableForm.InPlace, "");
        var next = calls.LastOrDefault(call => call.GivesTask && !call.Type.StartsWith(Tasks, StringComparison.Ordinal));
        if (next.Name is { Length: > 0 }) return (AwaitableForm.HandsOn, $"{next.Type}.{next.Name}");
        return (calls.Exists(call => call.Name is "FromResult" or "get_CompletedTask" or "FromException" or "FromCanceled")
            ? AwaitableForm.Completed : AwaitableForm.Unknown, "");
    }

    private bool GivesTask(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return GivesTask(MetadataTokens.GetToken(reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method));
            case HandleKind.MethodDefinition:
                return IsAwaitable((MethodDefinitionHandle)handle);
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return member.GetKind() == MemberReferenceKind.Method
                    && IsTask(member.DecodeMethodSignature(SignatureNames.Instance, null).ReturnType);
            default:
                return false;
        }
    }

    /// <summary>Whether a token that the method takes is read in its body.</summary>
    public string TokenOf(MethodDefinitionHandle method)
    {
        var index = TokenIndex(method);
        if (index < 0) return "none";
        if (reader.GetMethodDefinition(method).RelativeVirtualAddress == 0) return "";
        if (MachineOf(method) is not { } machine)
            return Instructions(method).Any(step => IlReader.ArgumentOf(step.Code, step.Operand) == index) ? "read" : "never read";

        var fields = reader.GetTypeDefinition(reader.GetMethodDefinition(machine).GetDeclaringType()).GetFields()
            .Where(field => reader.GetFieldDefinition(field).DecodeSignature(SignatureNames.Instance, null) == Token)
            .Select(field => MetadataTokens.GetToken(field)).ToHashSet();
        return Instructions(machine)
            .Any(step => step.Code.Name is "ldfld" or "ldflda"
            && (fields.Contains(step.Operand) || IlReader.NameOf(reader, step.Operand).Name == "cancellationToken")) ? "read"
            : "never read";
    }

    private int TokenIndex(MethodDefinitionHandle method)
    {
        var definition = reader.GetMethodDefinition(method);
        var at = definition.DecodeSignature(SignatureNames.Instance, null).ParameterTypes.IndexOf(Token);
        return at < 0 || (definition.Attributes & MethodAttributes.Static) != 0 ? at : at + 1;
    }

    private IEnumerable<(OpCode Code, int Operand)> Instructions(MethodDefinitionHandle method) =>
        reader.GetMethodDefinition(method).RelativeVirtualAddress is var address and not 0
        && file.GetMethodBody(address).GetILBytes() is { } il ? IlReader.Read(il) : [];

    // [AsyncStateMachine(typeof(<ReadAsync>d__1))]: its MoveNext holds the body
    private MethodDefinitionHandle? MachineOf(MethodDefinitionHandle method)
    {
        var definition = reader.GetMethodDefinition(method);
        foreach (var handle in definition.GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind is not (HandleKind.MemberReference or HandleKind.MethodDefinition)) continue;
            if (!IlReader.NameOf(reader, MetadataTokens.GetToken(attribute.Constructor)).Type.EndsWith("AsyncStateMachineAttribute",
                StringComparison.Ordinal))
                continue;

            var blob = reader.GetBlobReader(attribute.Value);
            blob.ReadUInt16();
            var name = blob.ReadSerializedString() ?? "";
            name = name.Split(',')[0].Split('+')[^1];
            foreach (var nested in reader.GetTypeDefinition(definition.GetDeclaringType()).GetNestedTypes())
            {
                var type = reader.GetTypeDefinition(nested);
                if (reader.GetString(type.Name) != name) continue;
                foreach (var candidate in type.GetMethods())
                {
                    if (reader.GetString(reader.GetMethodDefinition(candidate).Name).EndsWith("MoveNext", StringComparison.Ordinal))
                        return candidate;
                }
            }
        }

        return null;
    }
}

using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AsyncGuard.Survey;

/// <summary>The instructions of a body: which members it names, and which arguments it reads.</summary>
internal static class IlReader
{
    private static readonly Dictionary<int, OpCode> Codes = ReadCodes();

    /// <summary>Each instruction with its operand: a token, the number of an argument, or 0.</summary>
    public static IEnumerable<(OpCode Code, int Operand)> Read(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            int value = il[at++];
            if (value == 0xFE) value = 0xFE00 | il[at++];
            var code = Codes[value];
            var operand = 0;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    operand = il[at];
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    operand = BitConverter.ToUInt16(il, at);
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(il, at);
                    break;
                default:
                    operand = BitConverter.ToInt32(il, at);
                    at += 4;
                    break;
            }

            yield return (code, operand);
        }
    }

    /// <summary>The number of the argument that an instruction reads, or -1; <c>this</c> counts.</summary>
    public static int ArgumentOf(OpCode code, int operand) => code.Value switch
    {
        0x02 or 0x03 or 0x04 or 0x05 => code.Value - 0x02,
        0x0E or 0x0F => operand,
        unchecked((short)0xFE09) or unchecked((short)0xFE0A) => operand,
        _ => -1,
    };

    /// <summary>The type and the name of the method or field that a token stands for.</summary>
    public static (string Type, string Name) NameOf(MetadataReader reader, int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return NameOf(reader, MetadataTokens.GetToken(reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method));
            case HandleKind.MethodDefinition:
                var method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return (TypeNames.Of(reader, method.GetDeclaringType()), reader.GetString(method.Name));
            case HandleKind.FieldDefinition:
                var field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return (TypeNames.Of(reader, field.GetDeclaringType()), reader.GetString(field.Name));
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                return (TypeNames.OfEntity(reader, member.Parent), reader.GetString(member.Name));
            default:
                return ("", "");
        }
    }

    private static Dictionary<int, OpCode> ReadCodes()
    {
        var codes = new Dictionary<int, OpCode>();
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            if (field.GetValue(null) is OpCode code) codes[(ushort)code.Value] = code;
        }

        return codes;
    }
}

using AsyncGuard.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AsyncGuard.Analysis.Waiting;

/// <summary>
/// Recognises a call that is asked to return before it has an answer:
/// <c>database.StringSet(key, value, flags: CommandFlags.FireAndForget)</c>.
/// </summary>
internal static class FireAndForget
{
    public static bool IsAskedOf(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is not
                {
                    Parameter.Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } type,
                    Value.ConstantValue: { HasValue: true, Value: int given }
                })
                continue;
            foreach (var member in type.GetMembers(ConventionalNames.FireAndForget))
            {
                if (member is IFieldSymbol { ConstantValue: int flag } && flag != 0 && (given & flag) == flag) return true;
            }
        }

        return false;
    }
}

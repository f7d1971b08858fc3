using Microsoft.CodeAnalysis.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>A marked span: of the id named in <c>{|AGD0101:…|}</c>, or of the analyzer's only one, <c>[|…|]</c>, when null.</summary>
public readonly record struct MarkupSpan(string? Id, TextSpan Span);

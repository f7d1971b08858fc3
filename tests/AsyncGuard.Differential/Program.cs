using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using AsyncGuard.Differential;

var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
var first = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var programs = Enumerable.Range(first, count).Select(RandomProgram.Of).ToArray();
var explanations = Rule.Explain(programs);

var unexplained = programs.Where((_, i) => explanations[i] is null).ToArray();
foreach (var program in unexplained.Take(5))
{
    Console.WriteLine($"seed {program.Seed}: {JsonSerializer.Serialize(program)}");
    Console.WriteLine($"AsyncGuard:\n{Interpreter.Run(program, startsLater: true, hearsAtOnce: true)}");
    Console.WriteLine($"asyncio, with all rules:\n{Python.Run([(program, Rule.Emulated)])[0]}\n");
}

var same = explanations.Count(static rules => rules is { Count: 0 });
var several = explanations.Count(static rules => rules is { Count: > 1 });
Console.WriteLine(
    $"{count} programs: {same} with the same trace, {count - same - unexplained.Length} explained ({several} by more than one rule), {unexplained.Length} unexplained");
foreach (var rule in Rule.All)
    Console.WriteLine($"{explanations.Count(rules => rules is not null && rules.Contains(rule)),8}  {rule.Name}: {rule.Text}");
if (unexplained.Length > 0)
    Console.WriteLine($"unexplained seeds: {string.Join(", ", unexplained.Take(50).Select(static program => program.Seed))}");
return unexplained.Length == 0 ? 0 : 1;

#!/usr/bin/env bash
# C# 14 (SDK 10): total += await LoadAsync() loses what is added to total during the wait where the type has a binary operator +, and keeps it where the type declares the instance operator += of C# 14, also for a struct.
# The guess: the left side is read before the await in either case, so that both lose the addition.
# Seen: with operator + the value is 1, with operator += it is 6, for a struct in a field, a struct in an array and a class.
# Why the guess misses it: the instance operator is called on the variable, which is looked up again after the await, and there is no value of before to be written back. A type that gains the operator changes what each such line of its users does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > program.cs <<'PROGRAM'
#:property PublishAot=false
#:property LangVersion=14
Console.WriteLine($".NET {Environment.Version}");
var account = new Account();
var adding = account.AddLaterAsync();
account.Add(5);
await adding;
Console.WriteLine($"operator +: {account.Binary.Value}");
Console.WriteLine($"operator += of a struct: {account.Instance.Value}");
Console.WriteLine($"operator += of a struct in an array: {account.Elements[0].Value}");
Console.WriteLine($"operator += of a class: {account.Object.Value}");

sealed class Account
{
    public BinaryTotal Binary;
    public InstanceTotal Instance;
    public ObjectTotal Object = new();
    public InstanceTotal[] Elements = new InstanceTotal[1];

    public void Add(int amount)
    {
        Binary += amount;
        Instance += amount;
        Object += amount;
        Elements[0] += amount;
    }

    public Task AddLaterAsync() => Task.WhenAll(AddBinaryAsync(), AddInstanceAsync(), AddElementAsync(), AddObjectAsync());

    private async Task AddBinaryAsync() => Binary += await LoadAsync();

    private async Task AddInstanceAsync() => Instance += await LoadAsync();

    private async Task AddElementAsync() => Elements[0] += await LoadAsync();

    private async Task AddObjectAsync() => Object += await LoadAsync();

    private static async Task<int> LoadAsync()
    {
        await Task.Delay(100);
        return 1;
    }
}

struct BinaryTotal
{
    public int Value;

    public static BinaryTotal operator +(BinaryTotal total, int amount) => new() { Value = total.Value + amount };
}

struct InstanceTotal
{
    public int Value;

    public void operator +=(int amount) => Value += amount;
}

sealed class ObjectTotal
{
    public int Value;

    public void operator +=(int amount) => Value += amount;
}
PROGRAM
output=$(dotnet run program.cs 2>&1)
echo "SDK $(dotnet --version)"
echo "$output"
grep -qE '^operator \+: 1$' <<< "$output" || { echo "Changed: no line matches '^operator \+: 1$'"; exit 1; }
grep -qE '^operator \+= of a struct: 6$' <<< "$output" || { echo "Changed: no line matches '^operator \+= of a struct: 6$'"; exit 1; }
grep -qE '^operator \+= of a struct in an array: 6$' <<< "$output" || { echo "Changed: no line matches '^operator \+= of a struct in an array: 6$'"; exit 1; }
grep -qE '^operator \+= of a class: 6$' <<< "$output" || { echo "Changed: no line matches '^operator \+= of a class: 6$'"; exit 1; }
echo "As described."

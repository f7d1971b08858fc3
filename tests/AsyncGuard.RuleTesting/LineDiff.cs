using System;
using System.Text;

namespace AsyncGuard.RuleTesting;

/// <summary>The lines that differ between two texts: <c>-</c> expected, <c>+</c> actual.</summary>
public static class LineDiff
{
    public static string Between(string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');

        // common[i, j] is the length of the longest common subsequence of left from i and right from j.
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var diff = new StringBuilder();
        for (int i = 0, j = 0; i < left.Length || j < right.Length;)
        {
            if (i < left.Length && j < right.Length && left[i] == right[j])
            {
                diff.Append("  ").Append(left[i++]).Append('\n');
                j++;
            }
            else if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                diff.Append("- ").Append(left[i++]).Append('\n');
            }
            else
            {
                diff.Append("+ ").Append(right[j++]).Append('\n');
            }
        }

        return diff.ToString();
    }
}

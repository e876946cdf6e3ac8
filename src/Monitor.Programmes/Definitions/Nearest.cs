namespace Monitor.Programmes.Definitions;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>
    /// The known word with the fewest changed letters, at most one for three letters of the word that stands there; of
    /// equal ones the first. Null where none is near.
    /// </summary>
    internal static string? To(string word, IReadOnlyList<string> known)
    {
        int most = Math.Max(1, word.Length / 3);
        return known.Select(k => (Word: k, Changes: Changes(word, k)))
            .Where(k => k.Changes <= most)
            .OrderBy(k => k.Changes)
            .Select(k => k.Word)
            .FirstOrDefault();
    }

    // Levenshtein's distance, one row of the table at a time.
    private static int Changes(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}

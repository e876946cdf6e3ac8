namespace Monitor.Rules.Compensation;

/// <summary>Divides money by shares so that the parts add up to the whole to the last fen.</summary>
public static class Split
{
    /// <summary>
    /// The parts, in the order of the shares. Each is cut off at the digits; what then is left goes, one unit each, to
    /// those that lost most by the cutting, of equal ones the first.
    /// </summary>
    /// <param name="yuan">The whole; it must not need more digits. Not below 0.</param>
    /// <param name="shares">Shares as written, as 1, 5, 4; their sum is the whole.</param>
    /// <param name="digits">Decimal places of a part.</param>
    /// <exception cref="ArgumentOutOfRangeException">The whole is below 0, or the shares are not above 0.</exception>
    public static IReadOnlyList<decimal> Of(decimal yuan, IReadOnlyList<decimal> shares, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(yuan);
        foreach (decimal share in shares) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share, nameof(shares));
        if (shares.Count == 0) return [];
        decimal sum = shares.Sum();
        decimal[] exact = [.. shares.Select(s => yuan * s / sum)];
        decimal[] parts = [.. exact.Select(e => decimal.Round(e, digits, MidpointRounding.ToZero))];
        decimal unit = new(1, 0, 0, false, (byte)digits);
        decimal left = yuan - parts.Sum();
        int[] byLoss = [.. Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i])];
        for (int i = 0; left >= unit; i = (i + 1) % parts.Length, left -= unit) parts[byLoss[i]] += unit;
        parts[byLoss[0]] += left;
        return parts;
    }
}

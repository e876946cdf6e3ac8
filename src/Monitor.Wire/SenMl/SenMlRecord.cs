namespace Monitor.Wire.SenMl;

/// <summary>
/// One resolved record of a SenML pack (RFC 8428, section 4.6): what its base fields said is in it. Of the four kinds of
/// value it has at most one; without any it has a sum.
/// </summary>
public sealed record SenMlRecord
{
    /// <summary>The whole name.</summary>
    public required string Name { get; init; }

    /// <summary>The unit; null for none.</summary>
    public string? Unit { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00Z, with the places as sent.</summary>
    public required decimal Time { get; init; }

    /// <summary>
    /// Whether the time was meant from the moment of reading (below 2²⁸ s): such a time is another for each who reads it.
    /// </summary>
    public bool IsRelative { get; init; }

    /// <summary>A number, with the places as sent.</summary>
    public decimal? Value { get; init; }

    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A yes or no.</summary>
    public bool? Truth { get; init; }

    /// <summary>Bytes, in base64url as sent.</summary>
    public string? Data { get; init; }

    /// <summary>An integrated value over time.</summary>
    public decimal? Sum { get; init; }

    /// <summary>Seconds within which the sensor will say more; null for unknown.</summary>
    public decimal? UpdateTime { get; init; }

    /// <summary>Fields of extensions, as <c>l</c>, with their JSON; base fields left out.</summary>
    public IReadOnlyList<(string Label, string Json)> Others { get; init; } = [];
}

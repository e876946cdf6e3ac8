namespace Monitor.Rules.WaterQuality;

/// <summary>A standard of surface water: its limits, in code order.</summary>
public sealed record SurfaceWaterStandard
{
    /// <summary>Makes a standard.</summary>
    /// <exception cref="ArgumentException">An indicator has two limits for one water body.</exception>
    public SurfaceWaterStandard(string id, string title, IReadOnlyList<ClassLimits> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        (Id, Title) = (id, title);
        Limits = [.. limits.OrderBy(l => l.Code, StringComparer.Ordinal)];
        foreach (WaterBody body in Enum.GetValues<WaterBody>())
        {
            string? twice = Limits.Where(l => l.WaterBodies.Contains(body))
                .GroupBy(l => l.Code).FirstOrDefault(g => g.Count() > 1)?.Key;
            if (twice is not null) throw new ArgumentException($"{twice} has two limits for {body}.", nameof(limits));
        }
    }

    /// <summary>Its id, as <c>gb3838-2002</c>.</summary>
    public string Id { get; }

    /// <summary>Its title.</summary>
    public string Title { get; }

    /// <summary>All limits, in code order.</summary>
    public IReadOnlyList<ClassLimits> Limits { get; }

    /// <summary>The limits that decide the class of a water body by default, in code order.</summary>
    public IReadOnlyList<ClassLimits> AssessedFor(WaterBody body) =>
        [.. Limits.Where(l => l.Assessed && l.WaterBodies.Contains(body))];

    /// <summary>The limits of an indicator for a water body, assessed or not; null where there are none.</summary>
    public ClassLimits? Find(string code, WaterBody body) =>
        Limits.FirstOrDefault(l => l.Code == code && l.WaterBodies.Contains(body));
}

namespace Monitor.Rules.Screening;

/// <summary>The limits of one series: a test that is null is not run.</summary>
public sealed record ScreeningLimits
{
    /// <summary>Gross range.</summary>
    public GrossRangeLimits? GrossRange { get; init; }

    /// <summary>Climatology.</summary>
    public ClimatologyLimits? Climatology { get; init; }

    /// <summary>Spike.</summary>
    public SpikeLimits? Spike { get; init; }

    /// <summary>Rate of change.</summary>
    public RateOfChangeLimits? RateOfChange { get; init; }

    /// <summary>Flat line.</summary>
    public FlatLineLimits? FlatLine { get; init; }

    /// <summary>Attenuated signal.</summary>
    public AttenuatedSignalLimits? Attenuated { get; init; }

    /// <summary>Time gap.</summary>
    public TimeGapLimits? Gap { get; init; }
}

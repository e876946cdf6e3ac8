using Monitor.Domain.Readings;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>Puts a site's three covers of one moment together.</summary>
internal static class CoverBands
{
    /// <summary>The band; null unless all three are there.</summary>
    internal static CoverBand? Of(Dictionary<string, decimal> figures) =>
        figures.TryGetValue(Measurands.CoverLow, out decimal low)
        && figures.TryGetValue(Measurands.Cover, out decimal central)
        && figures.TryGetValue(Measurands.CoverHigh, out decimal high)
            ? new CoverBand(low, central, high)
            : null;
}

using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>One value of a packet, as sent.</summary>
/// <param name="Code">The parameter's code as sent.</param>
/// <param name="Time">
/// DataTime: of 2011 the moment of sampling, of the means the start of their period (HJ 212-2017 table 4).
/// </param>
/// <param name="Text">The value's text.</param>
/// <param name="Statistic">What it stands for in time.</param>
/// <param name="Flag">The data flag as sent; null where there is none.</param>
public sealed record Hj212Value(string Code, Instant Time, string Text, Statistic Statistic, string? Flag)
{
    private const string FlagField = "-Flag";

    /// <summary>
    /// The values of a packet: of 2011 those named <c>-Rtd</c>, of 2031, 2051 and 2061 those named <c>-Avg</c>; none of other
    /// commands. A flag belongs to the value of the same code in the same group.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="fault">Why its values cannot be placed in time, in a sentence; null where they can.</param>
    public static IReadOnlyList<Hj212Value> In(Hj212Packet packet, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(packet);
        fault = null;
        if (Hj212Commands.StatisticOf(packet.Cn) is not Statistic statistic) return [];
        string field = statistic == Statistic.Instantaneous ? "-Rtd" : "-Avg";
        Dictionary<(int, string), string> flags = [];
        foreach (Hj212Item item in packet.Items.Where(i => i.Name.EndsWith(FlagField, StringComparison.Ordinal)))
        {
            flags.TryAdd((item.Group, item.Name[..^FlagField.Length]), item.Value);
        }
        Hj212Item[] sent = [.. packet.Items.Where(i => i.Name.EndsWith(field, StringComparison.Ordinal))];
        // A request for such data has the same command and neither values nor their time.
        if (sent.Length == 0) return [];
        if (!Hj212Time.TryParse(packet.Find("DataTime"), out Instant time))
        {
            fault = "Its DataTime is missing, or no time.";
            return [];
        }
        List<Hj212Value> values = [];
        foreach (Hj212Item item in sent)
        {
            string code = item.Name[..^field.Length];
            string? flag = flags.GetValueOrDefault((item.Group, code));
            // A mean that was never made is sent with an empty value, beside a flag.
            if (item.Value.Length > 0) values.Add(new Hj212Value(code, time, item.Value, statistic, flag));
        }
        return values;
    }
}

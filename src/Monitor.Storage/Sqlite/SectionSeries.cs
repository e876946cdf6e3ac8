using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// Numbers of a section's series. A batch names them in the same order as the one before, so that the one after the last
/// found is nearly always the next, and no name need be hashed.
/// </summary>
/// <param name="ask">Finds the number in the file, or gives one.</param>
internal sealed class SectionSeries(Func<Reading, long> ask)
{
    private readonly Dictionary<(string, string, Statistic, string), long> _known = [];
    private readonly List<(Reading Like, long Series)> _inTurn = [];
    private int _next;

    /// <summary>The number of a reading's series.</summary>
    internal long Of(Reading reading)
    {
        if (_next < _inTurn.Count && IsSame(_inTurn[_next].Like, reading)) return _inTurn[_next++].Series;
        if (_inTurn.Count > 0 && IsSame(_inTurn[0].Like, reading))
        {
            _next = 1;
            return _inTurn[0].Series;
        }
        var name = (reading.Instrument, reading.Measurand, reading.Statistic, reading.Unit);
        if (_known.TryGetValue(name, out long series))
        {
            _next = 1 + _inTurn.FindIndex(known => known.Series == series);
            return series;
        }
        series = ask(reading);
        _known.Add(name, series);
        _inTurn.Add((reading, series));
        _next = _inTurn.Count;
        return series;
    }

    private static bool IsSame(Reading known, Reading reading) =>
        known.Measurand == reading.Measurand && known.Unit == reading.Unit && known.Statistic == reading.Statistic
        && known.Instrument == reading.Instrument;
}

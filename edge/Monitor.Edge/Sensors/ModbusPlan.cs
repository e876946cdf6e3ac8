namespace Monitor.Edge.Sensors;

/// <summary>
/// The requests of one poll: registers that lie side by side are read at once, so that a value, its status and its time are
/// of one moment. Gaps are not read: many devices have nothing there and refuse the whole request.
/// </summary>
internal sealed class ModbusPlan
{
    private readonly List<ModbusRange> ranges = [];

    /// <param name="numbers">All that is read.</param>
    internal ModbusPlan(IEnumerable<ModbusNumber> numbers)
    {
        foreach (ModbusNumber number in numbers.OrderBy(n => n.Kind).ThenBy(n => n.At).ThenBy(n => n.Words))
        {
            int end = number.At + number.Words;
            ModbusRange last = ranges.Count == 0 ? default : ranges[^1];
            bool touches = last.Count > 0 && last.Kind == number.Kind && number.At <= last.At + last.Count;
            int count = Math.Max(last.At + last.Count, end) - last.At;
            if (touches && count <= ModbusRange.CountMax) ranges[^1] = last with { Count = count };
            else ranges.Add(new ModbusRange(number.Kind, number.At, number.Words));
        }
    }

    /// <summary>The requests, in order.</summary>
    internal IReadOnlyList<ModbusRange> Ranges => ranges;

    /// <summary>A number's registers in what was read; empty where they were not.</summary>
    /// <param name="number">The number.</param>
    /// <param name="read">What was read, by request.</param>
    internal static ReadOnlySpan<ushort> Of(ModbusNumber number, IReadOnlyDictionary<ModbusRange, ushort[]> read)
    {
        foreach ((ModbusRange range, ushort[] words) in read)
        {
            int at = number.At - range.At;
            if (range.Kind == number.Kind && at >= 0 && at + number.Words <= words.Length)
            {
                return words.AsSpan(at, number.Words);
            }
        }
        return [];
    }
}

using System.Text;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Influx;

/// <summary>Readings as lines in one piece of memory, of which any run can be sent.</summary>
internal sealed class PointBatch
{
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly long[] _positions;

    internal PointBatch(IReadOnlyList<StoredReading> readings)
    {
        _positions = [.. readings.Select(r => r.Position)];
        _starts = new int[readings.Count + 1];
        using var all = new MemoryStream(readings.Count * 200);
        for (int i = 0; i < readings.Count; i++)
        {
            all.Write(Encoding.UTF8.GetBytes(LineProtocol.Line(readings[i])));
            _starts[i + 1] = (int)all.Length;
        }
        _bytes = all.ToArray();
    }

    internal int Count => _positions.Length;

    internal long PositionOf(int at) => _positions[at];

    internal ReadOnlyMemory<byte> Run(int from, int count) => _bytes.AsMemory(_starts[from].._starts[from + count]);

    internal string LineOf(int at) => Encoding.UTF8.GetString(Run(at, 1).Span).TrimEnd('\n');
}

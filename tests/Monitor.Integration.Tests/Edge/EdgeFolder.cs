using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Integration.Tests.Support;
using Monitor.Wire.Envelope;

namespace Monitor.Integration.Tests.Edge;

/// <summary>A folder of its own for one test: an outbox, and files to replay.</summary>
internal sealed class EdgeFolder : IDisposable
{
    private readonly TempFolder folder = new();
    private int boots;

    internal string Outbox => folder["outbox.db"];

    internal string File(string name) => folder[name];

    internal IReadOnlyList<string> Names => folder.Names;

    /// <summary>Opens the outbox of agent A, section S. Boots are called BOOT-1, BOOT-2 and so on.</summary>
    internal Outbox Open(
        TimeProvider? clock = null, string agent = "A", string section = "S", OutboxOptions? options = null) =>
        Monitor.Edge.Outbox.Open(Outbox, agent, section, () => $"BOOT-{++boots}", clock ?? TimeProvider.System,
            options ?? new OutboxOptions { ReserveBytes = 0, Kernel = () => KernelClock.Silent });

    /// <summary>A file of ammonia nitrogen: one row a minute, row n having the value n/1000.</summary>
    internal string WriteRows(int rows, string name = "readings.csv")
    {
        var text = new StringBuilder("time,measurand,value,status\n");
        for (int n = 1; n <= rows; n++) text.Append(Row(n));
        System.IO.File.WriteAllText(File(name), text.ToString());
        return File(name);
    }

    internal static string Row(int n) => string.Create(
        CultureInfo.InvariantCulture,
        $"{new DateTime(2025, 1, 1).AddMinutes(n):yyyy-MM-dd'T'HH:mm:ss}+08:00,w21003,{n / 1000m:0.000},N\n");

    internal static Reading Reading(int n) => new()
    {
        Index = 0,
        Measurand = "w21003",
        Time = new Instant(1_735_660_800_000 + (n * 60_000L)),
        Value = new ReportedValue(n, 3),
        Statistic = Statistic.Instantaneous,
        Unit = "mg/L",
    };

    /// <summary>All batches of the outbox, whatever became of them, decoded from their payloads.</summary>
    internal IReadOnlyList<ReadingBatch> Batches()
    {
        using var db = OutboxFile.OpenForReading(Outbox);
        using var command = db.CreateCommand();
        command.CommandText = "SELECT payload FROM reading_batch ORDER BY seq";
        using var row = command.ExecuteReader();
        List<ReadingBatch> batches = [];
        while (row.Read()) batches.Add(Decode((byte[])row.GetValue(0)));
        return batches;
    }

    internal static ReadingBatch Decode(byte[] payload) =>
        EnvelopeCodec.TryDecode(payload, out ReadingBatch? batch, out string reason)
            ? batch
            : throw new InvalidDataException(reason);

    public void Dispose() => folder.Dispose();
}

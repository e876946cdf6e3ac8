using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;

namespace Monitor.Cli.Demo;

/// <summary>
/// A five-parameter sonde on Modbus TCP with a year in its memory: each time its registers are read it shows the next
/// measurement, and at the end stays at the last.
/// </summary>
internal sealed class SimulatedSonde(IReadOnlyList<IReadOnlyList<DeviceRow>> year) : SimulatedDevice(year)
{
    /// <summary>What it measures, and the decimal places of each.</summary>
    internal static readonly IReadOnlyList<(string Code, int Digits)> Parameters =
        [("w01001", 2), ("w01003", 1), ("w01009", 2), ("w01010", 1), ("w01014", 0)];

    // Two registers of time; then of each parameter its value and its status.
    private static readonly int Registers = 2 + (2 * Parameters.Count);

    // Bits of a status register.
    private const string Marks = "MCDT";

    /// <inheritdoc/>
    internal override string Settings
    {
        get
        {
            IEnumerable<string> registers = Parameters.Select((parameter, i) => string.Create(
                CultureInfo.InvariantCulture, $$$"""
                {"measurand":"{{{parameter.Code}}}","at":{{{2 + (2 * i)}}},"scale":"{{{Unit(parameter.Digits)}}}",
                 "status":{"at":{{{3 + (2 * i)}}},"bits":{"0":"M","1":"C","2":"D","3":">T"} } }
                """));
            return $$"""
                {"family":"modbus","name":"sonde","address":"{{Address}}","interval-ms":1,
                 "answer-within-ms":60000,"fault-after-ms":60000,
                 "statistic":"hour","time":{"at":0,"type":"uint32"},"until":"{{Until}}",
                 "registers":[{{string.Join(",\n", registers)}}]}
                """;
        }
    }

    /// <inheritdoc/>
    protected override async Task SpeakAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] request = new byte[12];
        for (int at = 0; ; at = Math.Min(at + 1, Year.Count - 1))
        {
            await stream.ReadExactlyAsync(request, cancellation);
            int first = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(8));
            int count = BinaryPrimitives.ReadUInt16BigEndian(request.AsSpan(10));
            bool isHere = request[7] == 3 && count > 0 && first + count <= Registers;
            byte[] data = isHere ? Image(Year[at])[(2 * first)..(2 * (first + count))] : [];
            byte[] answer =
            [
                .. request.AsSpan(0, 4), 0, (byte)(isHere ? 3 + data.Length : 3), request[6],
                // Exception 2: an address that is not here.
                .. isHere ? [request[7], (byte)data.Length, .. data] : new byte[] { (byte)(request[7] | 0x80), 2 },
            ];
            await stream.WriteAsync(answer, cancellation);
        }
    }

    // One in the last of some decimal places: 0.01 of two.
    private static decimal Unit(int digits) => new(1, 0, 0, false, (byte)digits);

    private static byte[] Image(IReadOnlyList<DeviceRow> rows)
    {
        byte[] image = new byte[2 * Registers];
        BinaryPrimitives.WriteUInt32BigEndian(image, (uint)(rows[0].Time.UnixMilliseconds / 1000));
        for (int i = 0; i < Parameters.Count; i++)
        {
            DeviceRow row = rows.Single(r => r.Code == Parameters[i].Code);
            decimal value = decimal.Parse(row.Value.TrimStart('>'), CultureInfo.InvariantCulture);
            for (int digit = 0; digit < Parameters[i].Digits; digit++) value *= 10;
            int bit = Marks.IndexOf(row.Status, StringComparison.Ordinal);
            Span<byte> place = image.AsSpan(4 + (4 * i));
            BinaryPrimitives.WriteUInt16BigEndian(place, (ushort)value);
            BinaryPrimitives.WriteUInt16BigEndian(place[2..], (ushort)(bit < 0 ? 0 : 1 << bit));
        }
        return image;
    }
}

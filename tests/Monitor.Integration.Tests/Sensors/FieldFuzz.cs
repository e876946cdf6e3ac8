using System.Buffers;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;
using Monitor.Wire.Envelope;
using Monitor.Wire.Hj212;

namespace Monitor.Integration.Tests.Sensors;

/// <summary>
/// Inputs that no device would send, from a seed: right ones changed in a few places, and mere bytes. Whatever they are, they
/// must be read to an end, and what was read must be fit for the record.
/// </summary>
internal sealed class FieldFuzz(int seed)
{
    private const string Marks = "##0123456789&&==;;,,--..QNSTCNMNPWCPRtdAvgFlagDataTime[]{}\":eE+\r\n<>";

    private static readonly string[] Packets =
    [
        FieldLogger.Hour(1), FieldLogger.Hour(2, more: "PNUM=2;PNO=1;", flag: 7),
        FieldLogger.Packet("ST=21;CN=2011;PW=1;MN=M;CP=&&DataTime=20250101000000123;w20120-Rtd=0.5,w20120-Flag=T&&"),
        FieldLogger.Packet("QN=1;ST=91;CN=9012;PW=;MN=MN-1;Flag=4;CP=&&ExeRtn=1&&"),
    ];

    private static readonly string[] Packs =
    [
        """[{"bn":"S/","bt":1.276020076001e+09,"bu":"V","bver":5,"n":"a","v":120.10},{"n":"b","t":-5,"v":1.2}]""",
        """[{"n":"S/i/a:hour","u":"mg/L","t":1763755140.5,"v":1e-3},{"n":"S/a","s":1,"vs":"\u00e9"}]""",
        """{"v":1,"agent":"A","section":"S","boot":"B","seq":1,"sent":1,"r":[]}""",
    ];

    private static readonly ModbusRange[] Ranges =
        [new(ModbusKind.Holding, 0, 1), new(ModbusKind.Input, 3, 4), new(ModbusKind.Holding, 0, ModbusRange.CountMax)];

    private readonly Random chance = new(seed);

    /// <summary>Inputs that were taken for something right, of each kind: none would mean that nothing was tried.</summary>
    internal (long Packets, long Packs, long Answers) Right { get; private set; }

    /// <summary>One stream of packets.</summary>
    internal void Hj212()
    {
        byte[] stream = Draw(Packets, chance.Next(1, 4));
        var scanner = new FrameScanner();
        byte[] held = [];
        for (int at = 0; at < stream.Length;)
        {
            int next = Math.Min(stream.Length, at + chance.Next(1, 200));
            var buffer = new ReadOnlySequence<byte>([.. held, .. stream.AsSpan(at, next - at)]);
            while (scanner.TryRead(ref buffer, next == stream.Length, out Hj212Frame? frame)) Take(frame);
            held = buffer.ToArray();
            at = next;
        }
        if (held.Length > 0) throw new InvalidOperationException("At its end something is left of a stream.");
    }

    /// <summary>One payload at the intake's door.</summary>
    internal void SenMl()
    {
        if (BatchPayload.TryDecode("A", Draw(Packs, 1), out ReadingBatch? batch, out string reason))
        {
            Right = Right with { Packs = Right.Packs + 1 };
            foreach (Reading reading in batch.Readings) Require(reading);
        }
        else if (reason.Length == 0)
        {
            throw new InvalidOperationException("A payload is refused without a reason.");
        }
    }

    /// <summary>One answer of a Modbus device.</summary>
    internal void Modbus()
    {
        ModbusRange range = Ranges[chance.Next(Ranges.Length)];
        byte[] answer = [0, 7, 0, 0, 0, (byte)(3 + (2 * range.Count)), 1, (byte)range.Kind, (byte)(2 * range.Count),
            .. new byte[2 * range.Count]];
        chance.NextBytes(answer.AsSpan(9));
        for (int changes = chance.Next(4); changes > 0; changes--) answer[chance.Next(9)] = (byte)chance.Next(256);
        if (chance.Next(4) == 0) answer = answer[..chance.Next(answer.Length + 1)];
        if (ModbusFrame.Following(answer.AsSpan(0, Math.Min(7, answer.Length))) is int following and (< 2 or > 253))
        {
            throw new InvalidOperationException($"{following} bytes are said to follow.");
        }
        int fault = ModbusFrame.Read(answer, 7, 1, range, out ushort[] words);
        if (fault != DeviceFault.None) return;
        Right = Right with { Answers = Right.Answers + 1 };
        foreach (ModbusType type in Enum.GetValues<ModbusType>())
        {
            var number = new ModbusNumber(range.Kind, range.At, type, chance.Next(2) == 0);
            if (number.Words > words.Length) continue;
            var register = new ModbusRegister("a", number, 0.001m, -3.5m, chance.Next(2) == 0 ? 2 : null, "", null);
            register.Value(words.AsSpan(0, number.Words), Qualifier.None);
        }
    }

    private void Take(Hj212Frame frame)
    {
        Hj212Verdict verdict = Hj212Verdict.Of(frame, CrcRule.All[^1]);
        if (verdict.Holds) Right = Right with { Packets = Right.Packets + 1 };
        var station = new Hj212Station();
        foreach (Hj212Value value in verdict.Values)
        {
            if (station.TryRead(value, out Reading? reading, out _)) Require(reading);
        }
    }

    // What the envelope's writer would refuse would end the agent.
    private static void Require(Reading reading) => EnvelopeCodec.Encode(new ReadingBatch
    {
        Agent = "A", Section = "S", Boot = "B", Sequence = 1, Sent = new Instant(0), Readings = [reading with { Index = 0 }],
        Payload = default,
    });

    private byte[] Draw(string[] right, int count)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < count; i++)
        {
            if (chance.Next(4) > 0) bytes.AddRange(Encoding.UTF8.GetBytes(right[chance.Next(right.Length)]));
            else for (int noise = chance.Next(80); noise > 0; noise--) bytes.Add(Any());
        }
        for (int changes = chance.Next(5); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = chance.Next(bytes.Count);
            switch (chance.Next(4))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(chance.Next(1, 20), bytes.Count - at));
                    break;
                case 1:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(right[chance.Next(right.Length)])[..chance.Next(1, 20)]);
                    break;
                default:
                    bytes[at] = Any();
                    break;
            }
        }
        return [.. bytes];
    }

    private byte Any() => chance.Next(3) == 0 ? (byte)chance.Next(256) : (byte)Marks[chance.Next(Marks.Length)];
}

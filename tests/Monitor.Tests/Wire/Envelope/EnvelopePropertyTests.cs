using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Wire.Envelope;

public sealed class EnvelopePropertyTests
{
    private static readonly Gen<string> Ids = Gen.Choose(1, 32).SelectMany(length =>
        Gen.Elements("ABCXYZabcxyz0189_-".ToCharArray()).ArrayOf(length)).Select(c => new string(c));

    private static readonly Gen<Instant> Times = Gen.Choose(int.MinValue, int.MaxValue)
        .Select(n => new Instant((n + 2147483648L) * 59_000 + EnvelopeLimits.TimeMin.UnixMilliseconds));

    private static readonly Gen<ReportedValue> Values =
        from high in Gen.Choose(int.MinValue + 1, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from shift in Gen.Choose(0, 62)
        from scale in Gen.Choose(0, 18)
        from qualifier in Gen.Elements(Qualifier.None, Qualifier.Below, Qualifier.Above)
        select new ReportedValue((((long)high << 32) | (uint)low) >> shift, (byte)scale, qualifier);

    private static readonly Gen<Reading> Readings =
        from measurand in Ids
        from time in Times
        from value in Values
        from statistic in Gen.Elements(Enum.GetValues<Statistic>())
        from unit in Gen.Elements("mg/L", "μS/cm", "℃", "10⁴ m³", "个/L", "m³/万元", "1", "")
        from status in Gen.Elements("N", "M", "F", "sc", "hd", "Z")
        from instrument in Gen.OneOf(Ids, Gen.Constant(""))
        select new Reading
        {
            Index = 0,
            Measurand = measurand,
            Time = time,
            Value = value,
            Statistic = statistic,
            Unit = unit,
            Status = status,
            Instrument = instrument,
        };

    private static readonly Gen<ReadingBatch> Batches =
        from agent in Ids
        from section in Ids
        from boot in Ids
        from sequence in Gen.Choose(1, int.MaxValue)
        from sent in Times
        from synced in Gen.OneOf(Times.Select(t => (Instant?)t), Gen.Constant((Instant?)null))
        from error in Gen.Elements<long?>(null, 0, 12, long.MaxValue)
        from epoch in Gen.Elements<long?>(null, 1, long.MaxValue)
        from previous in Gen.Elements("", new string('0', 64), "0123456789abcdef".PadLeft(64, 'f'))
        from signature in Gen.Elements("", "MEUCIQ==", "p256:ab_-/+")
        from count in Gen.Choose(1, 60)
        from readings in Readings.ArrayOf(count)
        select new ReadingBatch
        {
            Agent = agent,
            Section = section,
            Boot = boot,
            Sequence = sequence,
            Sent = sent,
            Clock = new ClockState(agent, synced, error, epoch, -error),
            Previous = previous,
            Signature = signature,
            Readings = [.. readings.Select((r, i) => r with { Index = i })],
            Payload = default,
        };

    [Fact]
    public void What_is_written_is_read_again_as_it_was_and_has_one_form()
    {
        Prop.ForAll(Batches.ToArbitrary(), batch =>
        {
            byte[] bytes = EnvelopeCodec.Encode(batch);
            if (!EnvelopeCodec.TryDecode(bytes, out ReadingBatch? read, out string reason)) return false.Label(reason);
            bool same = read.Readings.SequenceEqual(batch.Readings)
                && read with { Readings = batch.Readings, Payload = default } == batch
                && EnvelopeCodec.Encode(read).AsSpan().SequenceEqual(bytes);
            return same.Label(Encoding.UTF8.GetString(bytes));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_bytes_make_the_reader_throw_and_what_it_reads_it_can_write()
    {
        byte[][] seeds =
        [
            EnvelopeSamples.Golden("fixtures/envelope/golden-1.json"),
            EnvelopeSamples.Golden("fixtures/envelope/golden-2.json"),
            Encoding.UTF8.GetBytes("""{"v":1,"agent":"\u0041","x":[{"y":null},"\ud83d\ude00"],"r":[]}"""),
        ];
        string[] words =
            ["\"", "\\u", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "1e400", "-", "\"v\":1,", "é", "\0", "  "];
        var random = new Random(20251121);
        int accepted = 0, refused = 0;

        for (int round = 0; round < 100_000; round++)
        {
            byte[] bytes = Mutate(seeds[random.Next(seeds.Length)], words, random);
            if (EnvelopeCodec.TryDecode(bytes, out ReadingBatch? batch, out string reason))
            {
                accepted++;
                Assert.True(EnvelopeCodec.TryDecode(EnvelopeCodec.Encode(batch), out _, out reason), reason);
            }
            else
            {
                refused++;
                Assert.NotEmpty(reason);
            }
        }

        // Both ways must have been gone, or the mutations say nothing.
        Assert.True(accepted > 1_000 && refused > 50_000, $"{accepted} accepted, {refused} refused");
    }

    private static byte[] Mutate(byte[] seed, string[] words, Random random)
    {
        var bytes = new List<byte>(seed);
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveAt(at); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(words[random.Next(words.Length)])); break;
                case 3: bytes.InsertRange(at, bytes[at..Math.Min(at + random.Next(1, 30), bytes.Count)]); break;
                default: bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at - 1)); break;
            }
        }
        return [.. bytes];
    }
}

using System.Security.Cryptography;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Registers;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Tests.Programmes.Evidence;

/// <summary>Batches against the keys that their devices were registered with.</summary>
public sealed class BundleDevicesTests
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void Signed_and_chained_batches_hold_and_are_counted()
    {
        string words = BundleDevices.Check(Batches(_key, _key, _key), Register(_key));
        Assert.StartsWith("3 batches are signed with the registered keys", words, StringComparison.Ordinal);
        Assert.EndsWith("2 name the hash of the batch before them", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_another_key_or_of_none_is_named_with_its_line()
    {
        Assert.Contains("not signed with the key", Fault(Batches(_key, _other, _key), 2), StringComparison.Ordinal);
        Assert.Contains("is not signed, and", Fault(Batches(_key, _key, null), 3), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_digit_breaks_the_signature()
    {
        List<StoredEnvelope> batches = Batches(_key, _key, _key);
        string text = Encoding.UTF8.GetString(batches[1].Payload.Span).Replace("0.412", "0.142", StringComparison.Ordinal);
        StoredEnvelope[] changed = [batches[0], batches[1] with { Payload = Encoding.UTF8.GetBytes(text) }, batches[2]];
        Assert.Contains("batch b1/2 of AG-1", Fault(changed, 2), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_that_does_not_follow_the_one_before_it_is_named()
    {
        List<StoredEnvelope> batches = Batches(_key, _key, _key), others = Batches(_key, _key, _key, value: "0.777");
        Assert.Contains("does not follow", Fault([batches[0], others[1], others[2]], 2), StringComparison.Ordinal);
        // One that is not here says nothing.
        string words = BundleDevices.Check([batches[0], batches[2]], Register(_key));
        Assert.Contains("0 name the hash", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_counts_from_its_registration_until_its_revocation_and_another_after_it()
    {
        DeviceKeys keys = DeviceKeys.Of([Change(1, _key), Revoked(20), Change(30, _other), Change(40, null, "AG-2")]);
        Assert.Equal(Public(_key), keys.At("AG-1", 2));
        Assert.Equal(Public(_key), keys.At("AG-1", 19));
        Assert.Null(keys.At("AG-1", 21));
        Assert.Equal(Public(_other), keys.At("AG-1", 31));
        Assert.Equal("", keys.At("AG-2", 41));
        Assert.Null(keys.At("AG-3", 41));
    }

    [Fact]
    public void The_lines_of_a_register_hold_no_password_and_read_back()
    {
        byte[] lines = RegisterLines.Write([Change(7, _key), Revoked(9)]);
        Assert.DoesNotContain("secret-hash", Encoding.UTF8.GetString(lines), StringComparison.Ordinal);
        IReadOnlyList<StoredRecord> back = RegisterLines.Read(lines, "devices.ndjson");
        Assert.Equal([7L, 9L], back.Select(r => r.Position));
        Assert.Equal(RegisterLines.HashOf([Change(7, _key), Revoked(9)]), RegisterLines.HashOf(back));
        Assert.Equal(Public(_key), DeviceKeys.Of(back).At("AG-1", 8));
    }

    private string Fault(IReadOnlyList<StoredEnvelope> batches, int line)
    {
        InputException fault = Assert.Throws<InputException>(() => BundleDevices.Check(batches, Register(_key)));
        Assert.Equal((EvidenceBundle.Envelopes, line), (fault.File, fault.Line));
        return fault.Message;
    }

    private static DeviceKeys Register(ECDsa key) => DeviceKeys.Of([Change(1, key)]);

    private static StoredRecord Change(long position, ECDsa? key, string agent = "AG-1") => Record(position, agent,
        $$"""{"change":"registered","agent":"{{agent}}","sections":["OJ-05"],"password":"secret-hash"{{Member(key)}}}""");

    private static string Member(ECDsa? key) => key is null ? "" : $",\"publicKey\":\"{Public(key)}\"";

    private static StoredRecord Revoked(long position) =>
        Record(position, "AG-1", """{"change":"revoked","agent":"AG-1","reason":"换机"}""");

    private static StoredRecord Record(long position, string agent, string body) => new(
        position, RecordKind.Registry, $"agent/{agent}", $"agent/{agent}/{position}", new Instant(0),
        Encoding.UTF8.GetBytes(body));

    private static string Public(ECDsa key) => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private static List<StoredEnvelope> Batches(ECDsa? first, ECDsa? second, ECDsa? third, string value = "0.412")
    {
        List<StoredEnvelope> batches = [];
        string previous = "";
        foreach ((ECDsa? key, int i) in new[] { first, second, third }.Select((k, i) => (k, i)))
        {
            Assert.True(ReportedValue.TryParseQualified(value, out ReportedValue reported));
            var batch = new ReadingBatch
            {
                Agent = "AG-1", Section = "OJ-05", Boot = "b1", Sequence = i + 1, Sent = new Instant(1_700_000_000_000 + i),
                Previous = previous,
                Readings =
                [
                    new Reading
                    {
                        Index = 0, Measurand = "w21003", Time = new Instant(1_700_000_000_000 + i), Value = reported,
                        Statistic = Statistic.Hour, Unit = "mg/L",
                    },
                ],
                Payload = default,
            };
            byte[] payload = EnvelopeCodec.Encode(batch);
            if (key is not null) payload = EnvelopeSeal.Sign(payload, data => key.SignData(data, HashAlgorithmName.SHA256));
            previous = EnvelopeSeal.HashOf(payload);
            batches.Add(new StoredEnvelope(10 + i, "AG-1", "b1", i + 1, payload));
        }
        return batches;
    }
}

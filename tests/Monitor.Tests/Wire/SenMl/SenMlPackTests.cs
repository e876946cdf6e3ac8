using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Wire.SenMl;
using Xunit;

namespace Monitor.Tests.Wire.SenMl;

public sealed class SenMlPackTests
{
    private static readonly Instant Now = new(1_500_000_000_000);

    // Base fields hold from their record on, until others come (RFC 8428, section 4.1).
    [Theory]
    [InlineData("""[{"n":"a","v":1}]""", "a 1 @now")]
    [InlineData("""[{"bn":"x/","bu":"V","n":"a","v":1},{"n":"b","v":2,"u":"A"}]""", "x/a 1 V @now, x/b 2 A @now")]
    [InlineData("""[{"bn":"x","v":1},{"bn":"y","v":2},{"v":3}]""", "x 1 @now, y 2 @now, y 3 @now")]
    [InlineData("""[{"bn":"x/"},{"n":"a","v":1}]""", "x/a 1 @now")]
    [InlineData("""[{"bt":1320067464,"n":"a","v":1},{"n":"a","t":-5,"v":2}]""", "a 1 @1320067464, a 2 @1320067459")]
    [InlineData("""[{"bt":1.276020076001e+09,"n":"a","t":-1,"v":1}]""", "a 1 @1276020075.001")]
    [InlineData("""[{"n":"a","t":-60,"v":1}]""", "a 1 @now-60")]
    [InlineData("""[{"n":"a","t":268435455,"v":1}]""", "a 1 @now+268435455")]
    [InlineData("""[{"n":"a","t":268435456,"v":1}]""", "a 1 @268435456")]
    [InlineData("""[{"n":"a","bv":20,"v":0.50},{"n":"a","v":-1}]""", "a 20.50 @now, a 19 @now")]
    [InlineData("""[{"n":"a","bs":100,"s":5},{"n":"a","s":7.5,"v":1}]""", "a s105 @now, a 1 s107.5 @now")]
    [InlineData("""[{"n":"a","vs":"断面"},{"n":"b","vb":false},{"n":"c","vd":"aGkgCg"}]""",
        "a '断面' @now, b False @now, c aGkgCg @now")]
    [InlineData("""[{"n":"a","v":23.10},{"n":"a","v":1.5e3},{"n":"a","v":1e-3}]""", "a 23.10 @now, a 1500 @now, a 0.001 @now")]
    [InlineData("""[{"bver":5,"n":"a","v":1,"l":[1,2]}]""", "a 1 @now l=[1,2]")]
    [InlineData("[]", "")]
    public void A_pack_is_resolved(string pack, string resolved)
    {
        Assert.True(Resolve(pack, out IReadOnlyList<SenMlRecord>? records, out string reason), reason);
        Assert.Equal(resolved, string.Join(", ", records!.Select(Words)));
    }

    [Theory]
    [InlineData("{}", "not a JSON array")]
    [InlineData("[1]", "Record 0 is no object.")]
    [InlineData("[{", "not JSON")]
    [InlineData("""[{"n":"a","n":"b","v":1}]""", "names a field twice")]
    [InlineData("""[{"v":1}]""", "has no name")]
    [InlineData("""[{"n":"_a","v":1}]""", "has no name of SenML: '_a'")]
    [InlineData("""[{"n":"a b","v":1}]""", "has no name of SenML: 'a b'")]
    [InlineData("""[{"n":"a"}]""", "neither a value nor a sum")]
    [InlineData("""[{"n":"a","v":1,"vs":"x"}]""", "more than one value")]
    [InlineData("""[{"n":"a","v":"1"}]""", "has a v that is no number")]
    [InlineData("""[{"n":"a","v":1e30}]""", "does not fit to the digit")]
    [InlineData("""[{"n":"a","v":1e-30}]""", "does not fit to the digit")]
    [InlineData("""[{"n":"a","v":0.12345678901234567890123456789}]""", "does not fit to the digit")]
    [InlineData("""[{"n":"a","v":1e99999999999}]""", "does not fit to the digit")]
    [InlineData("""[{"n":"a","t":"now","v":1}]""", "has a t that is no number")]
    [InlineData("""[{"bver":11,"n":"a","v":1}]""", "is of version 11")]
    [InlineData("""[{"n":"a","v":1,"x_":1}]""", "must be understood and is not: x_")]
    [InlineData("""[{"n":"\ud800","v":1}]""", "half a character")]
    public void What_is_no_pack_is_refused_with_the_reason(string pack, string why)
    {
        Assert.False(Resolve(pack, out _, out string reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S-03/w21003", "S-03", "", "w21003", Statistic.Instantaneous)]
    [InlineData("S-03/an-1/w21003", "S-03", "an-1", "w21003", Statistic.Instantaneous)]
    [InlineData("S-03/an-1/w21003:hour", "S-03", "an-1", "w21003", Statistic.Hour)]
    public void A_name_says_section_instrument_measurand_and_statistic(
        string name, string section, string instrument, string measurand, Statistic statistic)
    {
        ReadingBatch batch = Batch($$"""[{"n":"{{name}}","u":"mg/L","t":1763755140.5,"v":0.40}]""");
        Reading reading = Assert.Single(batch.Readings);
        Assert.Equal((section, instrument, measurand, statistic),
            (batch.Section, reading.Instrument, reading.Measurand, reading.Statistic));
        Assert.Equal((1763755140500, "0.40", "mg/L"),
            (reading.Time.UnixMilliseconds, reading.Value.ToString(), reading.Unit));
    }

    [Fact]
    public void A_pack_is_named_by_its_bytes()
    {
        const string Pack = """[{"bn":"S/","bt":1763755140,"n":"w01001","v":7.4},{"n":"w01009","t":60,"v":9}]""";
        ReadingBatch one = Batch(Pack), same = Batch(Pack), other = Batch(Pack + " ");
        Assert.Equal((one.Boot, 1), (same.Boot, same.Sequence));
        Assert.NotEqual(one.Boot, other.Boot);
        Assert.True(Identifier.IsValid(one.Boot));
        Assert.Equal([0, 1], one.Readings.Select(r => r.Index));
        Assert.Equal(1763755200000, one.Sent.UnixMilliseconds);
        Assert.Equal("", one.Previous);
    }

    [Theory]
    [InlineData("""[{"n":"S/w01001","v":7.4}]""", "Record 0 has a relative time")]
    [InlineData("""[{"bt":1763755140,"n":"S/w01001","v":7.4},{"n":"S/w01001","bt":0,"t":-5,"v":7}]""", "Record 1 has a relative")]
    [InlineData("""[{"t":1763755140,"n":"w01001","v":7.4}]""", "is not section/measurand")]
    [InlineData("""[{"t":1763755140,"n":"urn:dev:1/w01001","v":7.4}]""", "is not section/measurand")]
    [InlineData("""[{"t":1763755140,"n":"S/w01001:week","v":7.4}]""", "is not section/measurand")]
    [InlineData("""[{"t":1763755140,"n":"S//w01001","v":7.4}]""", "is not section/measurand")]
    [InlineData("""[{"bt":1763755140,"n":"S/w01001","v":7.4},{"n":"T/w01001","v":7.4}]""", "send one pack for each")]
    [InlineData("""[{"t":1763755140,"n":"S/w01001","vs":"7.4"}]""", "has no number")]
    [InlineData("""[{"t":1763755140,"n":"S/w01001","v":0.0000000000000000001}]""", "over 18 places")]
    [InlineData("""[{"t":1763755140,"n":"S/w01001","u":"\"","v":1}]""", "is no unit")]
    [InlineData("""[{"t":9e11,"n":"S/w01001","v":1}]""", "out of range")]
    [InlineData("""[{"t":7e27,"n":"S/w01001","v":1}]""", "out of range")]
    [InlineData("[]", "has 0 records")]
    public void What_is_no_reading_with_an_absolute_time_refuses_the_pack(string pack, string why)
    {
        Assert.False(SenMlBatch.TryDecode("A", Encoding.UTF8.GetBytes(pack), out _, out string reason));
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", true)]
    [InlineData(" \r\n\t[{}]", true)]
    [InlineData("{", false)]
    [InlineData("", false)]
    public void Only_an_array_is_taken_for_a_pack(string payload, bool isPack) =>
        Assert.Equal(isPack, SenMlBatch.IsPack(Encoding.UTF8.GetBytes(payload)));

    private static ReadingBatch Batch(string pack)
    {
        Assert.True(SenMlBatch.TryDecode("A", Encoding.UTF8.GetBytes(pack), out ReadingBatch? batch, out string reason), reason);
        return batch!;
    }

    private static bool Resolve(string pack, out IReadOnlyList<SenMlRecord>? records, out string reason) =>
        SenMlPack.TryResolve(Encoding.UTF8.GetBytes(pack), Now, out records, out reason);

    private static string Words(SenMlRecord record)
    {
        decimal since = record.Time - (Now.UnixMilliseconds / 1000m);
        string time = !record.IsRelative ? record.Time.ToString(CultureInfo.InvariantCulture)
            : since == 0 ? "now" : "now" + since.ToString("+0;-0", CultureInfo.InvariantCulture);
        string?[] words =
        [
            record.Name, record.Value?.ToString(CultureInfo.InvariantCulture), record.Text is null ? null : $"'{record.Text}'",
            record.Truth?.ToString(), record.Data,
            record.Sum is decimal sum ? "s" + sum.ToString(CultureInfo.InvariantCulture) : null, record.Unit, "@" + time,
            .. record.Others.Select(other => $"{other.Label}={other.Json}"),
        ];
        return string.Join(' ', words.Where(word => word is not null));
    }
}

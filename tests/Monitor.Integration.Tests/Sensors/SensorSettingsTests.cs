using Monitor.Domain;
using Monitor.Edge.Sensors;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

public sealed class SensorSettingsTests
{
    private const string Modbus = """
        {"family":"modbus","address":"h:1","registers":[{"measurand":"
        """, End = "}]}";
    private const string Register = """{"measurand":"w01001","at":0}""";

    [Fact]
    public void Families_are_found_by_themselves() => Assert.Equal(["hj212", "modbus"], SensorFamilies.Names);

    // The settings, and the place and the fault that must be named.
    [Theory]
    [InlineData("""{"family":"opc"}""", "family", "'opc' is no family.")]
    [InlineData("""{"name":"x"}""", "family", "it is missing.")]
    [InlineData("""{"family":"hj212","mn":"1"}""", "listen", "who connects to whom")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:1","connect":"h:1","mn":"1"}""", "listen", "who connects")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0","mn":"1"}""", "listen", "'0.0.0.0' is no address.")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212"}""", "mn", "it is missing.")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1","crc":"crc32"}""", "crc", "'crc32' is not known")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1","profile":"2005"}""", "profile", "not known")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1","units":{"w20120":"\\"}}""", "units.w20120", "no unit")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1","colour":1}""", "colour", "the key is unknown.")]
    [InlineData("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1","until":"2025"}""", "until", "no moment")]
    [InlineData("""{"family":"modbus","address":"h:502"}""", "registers", "there are none.")]
    [InlineData("""{"family":"modbus","registers":[{"measurand":"w01001","at":0}]}""", "address", "it is missing.")]
    [InlineData(Modbus + """w 1","at":0""" + End,
        "registers[0].measurand", "no code")]
    [InlineData(Modbus + """a","type":"int32","at":65535""" + End,
        "registers[0].at", "behind the last")]
    [InlineData(Modbus + """a","at":0,"size":2""" + End,
        "registers[0].size", "the key is unknown.")]
    [InlineData(Modbus + """a","scale":"1e-2","at":0""" + End,
        "registers[0].scale", "no plain decimal")]
    [InlineData(Modbus + """a","at":0,"status":{"at":1,"bits":{"16":"D"}}""" + End,
        "registers[0].status.bits.16", "no bit")]
    [InlineData(Modbus + """a","at":0,"status":{"at":1,"bits":{"1":"<>D"}}""" + End,
        "registers[0].status.bits.1", "no status mark")]
    [InlineData("""{"family":"modbus","address":"h:1","until":"2025-01-01T00:00:00Z","registers":[]}""",
        "registers", "there are none")]
    public void A_wrong_setting_is_named_with_its_place_and_a_remedy(string json, string field, string fault)
    {
        InputException thrown = Assert.Throws<InputException>(() => SensorRun.Open(json));
        Assert.Equal(("edge.json", "sensors[0]." + field), (thrown.File, thrown.Field));
        Assert.Contains(fault, thrown.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(thrown.Remedy);
    }

    [Fact]
    public void A_source_is_named_for_its_outbox_for_ever()
    {
        Assert.Equal("hj212:hj212", SensorRun.Open("""{"family":"hj212","listen":"0.0.0.0:9212","mn":"1"}""").Name);
        Assert.Equal("modbus:s1", SensorRun.Open(
            $$"""{"family":"modbus","name":"s1","address":"h:502","registers":[{{Register}}]}""").Name);
    }

    [Theory]
    [InlineData("0-1 2-2 1-1", "Holding 0+4")]
    [InlineData("0-1 2-1", "Holding 0+1, Holding 2+1")]
    [InlineData("0-2 1-2 1-1", "Holding 0+3")]
    [InlineData("124-1 0-2 125-1", "Holding 0+2, Holding 124+2")]
    public void Registers_side_by_side_are_read_at_once(string numbers, string ranges)
    {
        var plan = new ModbusPlan(numbers.Split(' ').Select(n => new ModbusNumber(ModbusKind.Holding,
            int.Parse(n.Split('-')[0], null), n.EndsWith('1') ? ModbusType.UInt16 : ModbusType.UInt32)));
        Assert.Equal(ranges, string.Join(", ", plan.Ranges.Select(r => $"{r.Kind} {r.At}+{r.Count}")));
    }

    [Fact]
    public void A_request_never_asks_for_more_than_125_registers()
    {
        var plan = new ModbusPlan(Enumerable.Range(0, 300).Select(at => new ModbusNumber(
            ModbusKind.Input, at, ModbusType.UInt16)));
        Assert.Equal([125, 125, 50], plan.Ranges.Select(r => r.Count));
    }
}

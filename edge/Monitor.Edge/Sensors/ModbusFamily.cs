using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Edge.Sensors;

/// <summary>Sondes and transmitters that answer over Modbus TCP, by themselves or behind a gateway.</summary>
internal sealed class ModbusFamily : ISensorFamily
{
    private const string HighFirst = "high-first", LowFirst = "low-first";

    private static readonly Dictionary<string, ModbusType> Types = new()
    {
        ["int16"] = ModbusType.Int16, ["uint16"] = ModbusType.UInt16, ["int32"] = ModbusType.Int32,
        ["uint32"] = ModbusType.UInt32, ["float32"] = ModbusType.Float32,
    };

    /// <inheritdoc/>
    public string Name => "modbus";

    /// <inheritdoc/>
    public ISensorSource Open(SensorSettings said, SensorPlace place)
    {
        bool lowFirst = said.Word("word-order", HighFirst, HighFirst, LowFirst) == LowFirst;
        ModbusNumber? time = said.PartOrNull("time") is SensorSettings part ? Whole(part, lowFirst) : null;
        IReadOnlyList<SensorSettings> registers = said.Parts("registers");
        if (registers.Count == 0) throw said.Wrong("registers", "there are none.", "Name at least one.");
        string statistic = said.Word(
            "statistic", Statistic.Instantaneous.Name(), Enum.GetValues<Statistic>().Select(s => s.Name()));
        Instant? until = said.MomentOrNull("until");
        if (until is not null && time is null)
        {
            throw said.Wrong("until", "the device says no time.", "Name the register of its time, or leave this out.");
        }
        return new ModbusSource(
            new ModbusOptions
            {
                Name = said.Id("name", Name),
                Address = said.AddressOrNull("address") ?? throw said.Wrong("address", "it is missing.", "Write host:port."),
                Unit = (byte)said.Number("unit", 0, 255, 1),
                Interval = TimeSpan.FromMilliseconds(said.Number("interval-ms", 1, 24 * 3600 * 1000, 60_000)),
                AnswerWithin = TimeSpan.FromMilliseconds(said.Number("answer-within-ms", 10, 600_000, 1000)),
                FaultAfter = TimeSpan.FromMilliseconds(said.Number("fault-after-ms", 0, 24 * 3600 * 1000, 0)),
                Instrument = said.Id("instrument", ""),
                Statistic = StatisticNames.TryParse(statistic, out Statistic known) ? known : default,
                Time = time,
                Registers = [.. registers.Select(register => Register(register, lowFirst))],
                Until = until,
            },
            place);
    }

    private static ModbusRegister Register(SensorSettings said, bool lowFirst)
    {
        string code = said.Text("measurand");
        if (!Measurands.IsCode(code)) throw said.Wrong("measurand", $"'{code}' is no code.", "Write it as w01001.");
        string unit = said.TextOrNull("unit") ?? Measurands.Find(code)?.Unit ?? "";
        if (!EnvelopeLimits.IsUnit(unit)) throw said.Wrong("unit", $"'{unit}' is no unit.", "Write it as mg/L.");
        return new ModbusRegister(
            code, Number(said, lowFirst), said.DecimalOrNull("scale"), said.DecimalOrNull("offset"),
            said.TextOrNull("digits") is null ? null : said.Number("digits", 0, 9), unit,
            said.PartOrNull("status") is SensorSettings status ? Status(status, lowFirst) : null);
    }

    private static ModbusStatus Status(SensorSettings said, bool lowFirst)
    {
        SensorSettings bits = said.PartOrNull("bits") ?? throw said.Wrong("bits", "it is missing.", "Write {\"0\": \"D\"}.");
        ModbusNumber number = Whole(said, lowFirst);
        List<(int, string)> marks = [];
        foreach ((string key, string mark) in bits.Pairs())
        {
            bool isBit = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int bit);
            if (!isBit || bit >= 16 * number.Words) throw bits.Wrong(
                key, $"'{key}' is no bit.", $"Write one from 0 to {(16 * number.Words) - 1}.");
            string letters = mark.TrimStart('<', '>');
            if (!DeviceStatus.IsValid(letters) || mark.Length - letters.Length > 1) throw bits.Wrong(
                key, $"'{mark}' is no status mark.", "Write one or two letters, with < or > before them for a bound.");
            marks.Add((bit, mark));
        }
        return new ModbusStatus(number, marks);
    }

    private static ModbusNumber Whole(SensorSettings said, bool lowFirst)
    {
        ModbusNumber number = Number(said, lowFirst);
        return number.Type == ModbusType.Float32
            ? throw said.Wrong("type", "it must be a whole number.", "Write uint16 or uint32.")
            : number;
    }

    private static ModbusNumber Number(SensorSettings said, bool lowFirst)
    {
        ModbusType type = Types[said.Word("type", "uint16", Types.Keys)];
        ModbusKind kind = said.Word("kind", "holding", "holding", "input") == "input" ? ModbusKind.Input : ModbusKind.Holding;
        var number = new ModbusNumber(kind, said.Number("at", 0, 65535), type, lowFirst);
        return number.At + number.Words <= 65536 ? number : throw said.Wrong(
            "at", "the number would lie behind the last register.", "Write 65534 or less.");
    }
}

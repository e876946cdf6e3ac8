using System.Globalization;
using System.Text;

namespace Monitor.Wire.Hj212;

/// <summary>One <c>name=value</c> of a packet's data.</summary>
/// <param name="Group">Which group it stands in, from 0; groups are parted by <c>;</c>, their members by <c>,</c>.</param>
/// <param name="Name">As sent; upper and lower case differ.</param>
/// <param name="Value">As sent; may be empty.</param>
public sealed record Hj212Item(int Group, string Name, string Value);

/// <summary>
/// The fields of a segment (HJ 212-2017 table 3), as sent. Devices leave out QN and Flag, leave PW empty, put PNO before
/// PNUM: only what a reading needs is asked for, by whoever needs it.
/// </summary>
public sealed record Hj212Packet
{
    private const string DataBegin = "CP=&&";
    private const string DataEnd = "&&";

    /// <summary>Names the exchange; an answer repeats it. Null where the device sends none.</summary>
    public string? Qn { get; private init; }

    /// <summary>What kind of system sends, as <c>21</c> surface water; null where it does not say.</summary>
    public string? St { get; private init; }

    /// <summary>What the packet is, as <c>2011</c> real-time data; null where it does not say.</summary>
    public string? Cn { get; private init; }

    /// <summary>The password as sent.</summary>
    public string? Pw { get; private init; }

    /// <summary>The station or logger; null where it does not say.</summary>
    public string? Mn { get; private init; }

    /// <summary>Version, numbering and answer bits; null where it is missing or no number from 0 to 255.</summary>
    public int? Flag { get; private init; }

    /// <summary>How many packets the message has; 1 where it is not split.</summary>
    public int PacketCount { get; private init; } = 1;

    /// <summary>Which of them this is, from 1.</summary>
    public int PacketNumber { get; private init; } = 1;

    /// <summary>The data, in the order sent.</summary>
    public IReadOnlyList<Hj212Item> Items { get; private init; } = [];

    /// <summary>Why the fields do not make a packet, in a sentence; null where they do.</summary>
    public string? Fault { get; private init; }

    /// <summary>Whether the sender asks for an answer: bit A of the flag.</summary>
    public bool WantsAnswer => (Flag & 1) == 1;

    /// <summary>The first value of a name in the data; null for none.</summary>
    public string? Find(string name) => Items.FirstOrDefault(item => item.Name == name)?.Value;

    /// <summary>Reads any segment and never throws; what it is not is a <see cref="Fault"/>.</summary>
    public static Hj212Packet Read(ReadOnlySpan<byte> segment)
    {
        string text = Encoding.UTF8.GetString(segment);
        int data = text.IndexOf(DataBegin, StringComparison.Ordinal);
        Dictionary<string, string> fields = ReadFields(data < 0 ? text : text[..data]);
        List<Hj212Item> items = [];
        string? fault = data < 0 ? "It has no data field CP." : null;
        if (data >= 0)
        {
            int begin = data + DataBegin.Length, end = text.LastIndexOf(DataEnd, StringComparison.Ordinal);
            bool isClosed = end >= begin;
            if (!isClosed) fault = "Its data are not closed by &&.";
            string? odd = ReadItems(text[begin..(isClosed ? end : text.Length)], items);
            // The text of a log may hold anything; among values it is a sign of damage that the check sum did not show.
            if (Hj212Commands.StatisticOf(fields.GetValueOrDefault("CN")) is not null) fault ??= odd;
        }
        int? count = Number(fields, "PNUM"), number = Number(fields, "PNO");
        bool isNumbered = count is >= 1 && number >= 1 && number <= count;
        if (count is not null && !isNumbered) fault ??= "PNO and PNUM name no packet of a message.";
        if (!fields.TryGetValue("CN", out string? command)) fault ??= "It has no command CN.";
        return new Hj212Packet
        {
            Qn = fields.GetValueOrDefault("QN"),
            St = fields.GetValueOrDefault("ST"),
            Cn = command,
            Pw = fields.GetValueOrDefault("PW"),
            Mn = fields.GetValueOrDefault("MN"),
            Flag = Number(fields, "Flag") is int flag and <= byte.MaxValue ? flag : null,
            PacketCount = isNumbered ? count!.Value : 1,
            PacketNumber = isNumbered ? number!.Value : 1,
            Items = items,
            Fault = fault,
        };
    }

    private static Dictionary<string, string> ReadFields(string head)
    {
        Dictionary<string, string> fields = [];
        foreach (string field in head.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = field.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0) fields.TryAdd(field[..sign], field[(sign + 1)..]);
        }
        return fields;
    }

    private static string? ReadItems(string data, List<Hj212Item> items)
    {
        string? fault = null;
        int group = -1;
        foreach (string part in data.Split(';'))
        {
            group++;
            foreach (string member in part.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                int sign = member.IndexOf('=', StringComparison.Ordinal);
                if (sign > 0) items.Add(new Hj212Item(group, member[..sign].Trim(), member[(sign + 1)..].Trim()));
                else fault ??= "A member of its data is no name=value.";
            }
        }
        return fault;
    }

    private static int? Number(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}

using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Hj212;

/// <summary>Writes packets: answers, requests, and what a logger sends.</summary>
public static class Hj212Writer
{
    // System interaction (table 5): what both sides' answers carry.
    private const string Interaction = "91";

    /// <summary>A segment as it travels: length, segment, check sum, line end.</summary>
    /// <exception cref="ArgumentException">It is too long for four digits.</exception>
    public static byte[] Frame(string segment)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(segment);
        if (bytes.Length > 9999) throw new ArgumentException("A segment has at most 9999 bytes.", nameof(segment));
        string head = string.Create(CultureInfo.InvariantCulture, $"##{bytes.Length:D4}");
        string tail = string.Create(CultureInfo.InvariantCulture, $"{Hj212Crc.Of(bytes):X4}\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. bytes, .. Encoding.ASCII.GetBytes(tail)];
    }

    /// <summary>The answer to a packet: it repeats the packet's QN, where it had one.</summary>
    /// <param name="to">The packet.</param>
    /// <param name="command">9011, 9012, 9013 or 9014.</param>
    /// <param name="data">What stands between the &amp;&amp;, as <c>QnRtn=1</c>.</param>
    public static byte[] Answer(Hj212Packet to, string command, string data = "")
    {
        ArgumentNullException.ThrowIfNull(to);
        string exchange = to.Qn is null ? "" : $"QN={to.Qn};";
        return Frame($"{exchange}ST={Interaction};CN={command};PW={to.Pw};MN={to.Mn};Flag=4;CP=&&{data}&&");
    }

    /// <summary>A request that is to be answered.</summary>
    /// <param name="at">When it is made; names the exchange.</param>
    /// <param name="st">The station's kind, as <c>21</c>.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="pw">The station's password.</param>
    /// <param name="mn">The station.</param>
    /// <param name="data">What stands between the &amp;&amp;.</param>
    public static byte[] Request(Instant at, string st, string command, string pw, string mn, string data) =>
        Frame($"QN={Hj212Time.Qn(at)};ST={st};CN={command};PW={pw};MN={mn};Flag=5;CP=&&{data}&&");
}

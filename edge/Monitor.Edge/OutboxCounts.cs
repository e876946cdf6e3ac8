using System.Globalization;
using System.Text.Json;

namespace Monitor.Edge;

/// <summary>What an outbox has seen, in readings, over its whole life: pruned ones are counted too.</summary>
/// <param name="Agent">Whose outbox.</param>
/// <param name="Boot">Which generation.</param>
/// <param name="Published">Taken in for publishing.</param>
/// <param name="Acknowledged">Taken over by the server.</param>
/// <param name="Parked">Refused by the server for good, and kept for a person to look at.</param>
/// <param name="Dropped">Had to be dropped before anybody had them; tombstones say which.</param>
internal sealed record OutboxCounts(
    string Agent, string Boot, long Published, long Acknowledged, long Parked, long Dropped = 0)
{
    /// <summary>Still to be sent, or sent and not answered.</summary>
    internal long Pending => Published - Acknowledged - Parked - Dropped;

    /// <summary>One line of JSON, as the command line's contract has it.</summary>
    internal string ToJson() => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"agent\":{Quote(Agent)},\"boot\":{Quote(Boot)},\"published\":{Published},"
        + $"\"acknowledged\":{Acknowledged},\"parked\":{Parked},\"dropped\":{Dropped}}}");

    private static string Quote(string text) => '"' + JsonEncodedText.Encode(text).Value + '"';
}

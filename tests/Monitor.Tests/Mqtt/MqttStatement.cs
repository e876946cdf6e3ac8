namespace Monitor.Tests.Mqtt;

/// <summary>
/// A numbered statement of a standard and how it is shown, one line of a table: <c>number | how | what it is about</c>.
/// </summary>
/// <param name="Number">As the standard has it, without <c>MQTT-</c>.</param>
/// <param name="How">
/// <c>see Class.Test</c>, <c>none: why it does not concern this server and client</c>, or a script, see
/// <see cref="MqttScript"/>.
/// </param>
/// <param name="What">What it is about.</param>
internal sealed record MqttStatement(string Number, string How, string What)
{
    internal const string SeePrefix = "see ", NonePrefix = "none: ";

    internal bool IsScript => !How.StartsWith(SeePrefix, StringComparison.Ordinal)
        && !How.StartsWith(NonePrefix, StringComparison.Ordinal);

    /// <summary>The lines of a table, but those of its headings.</summary>
    internal static IReadOnlyList<MqttStatement> Read(string table)
    {
        List<MqttStatement> statements = [];
        foreach (string line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (cells.Length != 3) throw new FormatException($"Not three cells: {line}");
            foreach (string number in cells[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                statements.Add(new MqttStatement(number, cells[1], cells[2]));
            }
        }
        return statements;
    }
}

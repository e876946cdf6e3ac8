namespace Monitor.Mqtt.Protocol;

/// <summary>The grammar of topics (MQTT 5.0 §4.7). All comparisons are ordinal; nothing is normalized.</summary>
public static class MqttTopicFilterComparer
{
    /// <summary>Whether the text may stand in a PUBLISH: not empty, no wildcard, no U+0000. [MQTT-3.3.2-2]</summary>
    public static bool IsValidTopic(ReadOnlySpan<char> topic) =>
        topic.Length > 0 && topic.IndexOfAny('+', '#', '\0') < 0;

    /// <summary>
    /// Whether the text may stand in a SUBSCRIBE: <c>#</c> only as the last level [MQTT-4.7.1-1], <c>+</c> only as a
    /// whole level [MQTT-4.7.1-2].
    /// </summary>
    public static bool IsValidFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty || filter.Contains('\0')) return false;
        for (int i = 0; i < filter.Length; i++)
        {
            bool startsLevel = i == 0 || filter[i - 1] == '/';
            bool last = i == filter.Length - 1;
            if (filter[i] == '#' && !(startsLevel && last)) return false;
            if (filter[i] == '+' && !(startsLevel && (last || filter[i + 1] == '/'))) return false;
        }
        return true;
    }

    /// <summary>
    /// Whether a valid filter takes a valid topic. A filter that begins with a wildcard does not take a topic that
    /// begins with <c>$</c> [MQTT-4.7.2-1]; <c>a/#</c> takes <c>a</c> itself.
    /// </summary>
    public static bool IsMatch(ReadOnlySpan<char> topic, ReadOnlySpan<char> filter)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#'))) return false;
        while (true)
        {
            if (filter is "#") return true;
            int topicEnd = topic.IndexOf('/');
            int filterEnd = filter.IndexOf('/');
            var topicLevel = topicEnd < 0 ? topic : topic[..topicEnd];
            var filterLevel = filterEnd < 0 ? filter : filter[..filterEnd];
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel)) return false;
            if (topicEnd < 0) return filterEnd < 0 || filter[(filterEnd + 1)..] is "#";
            if (filterEnd < 0) return false;
            topic = topic[(topicEnd + 1)..];
            filter = filter[(filterEnd + 1)..];
        }
    }
}

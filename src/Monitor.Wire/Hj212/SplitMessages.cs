namespace Monitor.Wire.Hj212;

/// <summary>What became of a message when one of its packets came.</summary>
public enum SplitState
{
    /// <summary>Others are missing yet.</summary>
    Open = 0,

    /// <summary>This was the last that was missing.</summary>
    Whole = 1,

    /// <summary>The packet had come before.</summary>
    Repeated = 2,
}

/// <summary>
/// Puts split messages together. QN differs between the packets of one message (HJ 212-2017 tables C.49, C.50), so that
/// station, command, time and number of packets name it. Each packet places its own values in time and is kept and answered
/// by itself; what is told here is whether all of them came.
/// </summary>
public sealed class SplitMessages
{
    private readonly int keptMax;
    private readonly LinkedList<Message> messages = [];

    /// <summary>A table of messages.</summary>
    /// <param name="keptMax">Messages remembered; the oldest gives way, incomplete where packets of it are missing.</param>
    public SplitMessages(int keptMax = 64) => this.keptMax = keptMax;

    /// <summary>Messages that were put together.</summary>
    public long Whole { get; private set; }

    /// <summary>Messages that were given up with packets missing.</summary>
    public long Incomplete { get; private set; }

    /// <summary>Messages that wait for packets.</summary>
    public int Open => messages.Count(message => !message.IsWhole);

    /// <summary>Takes note of a packet.</summary>
    public SplitState Add(Hj212Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.PacketCount == 1) return SplitState.Whole;
        var key = new Key(packet.Mn, packet.St, packet.Cn, packet.Find("DataTime"), packet.PacketCount);
        Message? message = messages.FirstOrDefault(known => known.Key == key);
        if (message is null)
        {
            message = new Message(key, []);
            messages.AddLast(message);
            if (messages.Count > keptMax)
            {
                if (!messages.First!.Value.IsWhole) Incomplete++;
                messages.RemoveFirst();
            }
        }
        if (!message.Came.Add(packet.PacketNumber)) return SplitState.Repeated;
        if (!message.IsWhole) return SplitState.Open;
        Whole++;
        return SplitState.Whole;
    }

    /// <summary>Gives up all that wait, as when a connection ends.</summary>
    public void GiveUp()
    {
        Incomplete += Open;
        messages.Clear();
    }

    private sealed record Key(string? Mn, string? St, string? Cn, string? DataTime, int PacketCount);

    private sealed record Message(Key Key, HashSet<int> Came)
    {
        internal bool IsWhole => Came.Count == Key.PacketCount;
    }
}

namespace Monitor.Integration.Tests.Broker;

/// <summary>One packet, as its bytes have it.</summary>
/// <param name="type">1 to 15.</param>
/// <param name="flags">The four bits beside it.</param>
/// <param name="body">All after the remaining length.</param>
internal delegate void SeenFrame(int type, int flags, ReadOnlySpan<byte> body);

/// <summary>Cuts a stream of bytes into MQTT packets; of one direction of one connection. Not the product's own codec.</summary>
internal sealed class MqttFrames(SeenFrame seen)
{
    private byte[] _rest = [];

    internal void Add(ReadOnlySpan<byte> more)
    {
        byte[] all = [.. _rest, .. more];
        int at = 0;
        while (TryCut(all, at, out int start, out int end))
        {
            seen(all[at] >> 4, all[at] & 15, all.AsSpan(start, end - start));
            at = end;
        }
        _rest = all[at..];
    }

    private static bool TryCut(byte[] all, int at, out int start, out int end)
    {
        (start, end) = (at + 1, 0);
        int length = 0;
        for (int shift = 0; start < all.Length; shift += 7)
        {
            byte one = all[start++];
            length |= (one & 127) << shift;
            if (one >= 128) continue;
            end = start + length;
            return end <= all.Length;
        }
        return false;
    }
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Monitor.Wire.Hj212;

/// <summary>
/// Finds packets in a stream of bytes. What is no packet is skipped and counted; a packet whose length is wrong, or that
/// was cut off, is told as such and costs none of its neighbours. Never looks at more than <see cref="WindowMax"/> bytes,
/// so that a stream of rubbish takes no memory.
/// </summary>
public sealed class FrameScanner
{
    /// <summary>
    /// Most bytes that a packet can take: four digits say its length. (The standard's own limit of 1024 is not kept by
    /// devices.) Whoever reads a stream must be able to hold as much.
    /// </summary>
    public const int WindowMax = 10 * 1024;

    /// <summary>Bytes that belong to no packet, line ends left out.</summary>
    public long Garbage { get; private set; }

    /// <summary>Takes the next packet off the front of a buffer, with what stands before it.</summary>
    /// <param name="buffer">What has come; moved past what was used. What is left is to be given again, with more.</param>
    /// <param name="isLast">Whether nothing more will come: what is left is then a packet cut off, or garbage.</param>
    /// <param name="frame">The packet.</param>
    /// <returns>False where more must come first, or nothing is left.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, bool isLast, [NotNullWhen(true)] out Hj212Frame? frame)
    {
        frame = null;
        while (!buffer.IsEmpty)
        {
            ReadOnlySequence<byte> near = buffer.Length > WindowMax ? buffer.Slice(0, WindowMax) : buffer;
            ReadOnlySpan<byte> window = near.IsSingleSegment ? near.FirstSpan : near.ToArray();
            FrameLook look = FrameLook.At(window, isLast && near.Length == buffer.Length);
            foreach (byte b in window[..look.Skipped])
            {
                if (b is not ((byte)'\r' or (byte)'\n')) Garbage++;
            }
            buffer = buffer.Slice(look.Skipped + look.Taken);
            frame = look.Frame;
            if (frame is not null) return true;
            if (look.NeedsMore) return false;
        }
        return false;
    }
}

using System.Text;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// Which sections a service takes of a broker's, where several share the load: those whose FNV-1a hash (32 bits, over the
/// section's UTF-8) leaves the remainder <paramref name="Index"/> when divided by <paramref name="Of"/>. One section is
/// always one service's, so its batches stay in order and in one record.
/// </summary>
/// <param name="Index">From 0; below <paramref name="Of"/>.</param>
/// <param name="Of">How many share, from 1.</param>
public readonly record struct BrokerShare(int Index, int Of)
{
    /// <summary>Most services that may share.</summary>
    public const int OfMax = 64;

    /// <summary>All sections.</summary>
    public static BrokerShare Whole { get; } = new(0, 1);

    /// <summary>Whether the section is this service's.</summary>
    public bool Owns(ReadOnlySpan<char> section)
    {
        if (Of == 1) return true;
        uint hash = 2166136261;
        Span<byte> bytes = stackalloc byte[256];
        // Longer than any id: what cannot be one is the affair of whoever its beginning falls to.
        int length = Encoding.UTF8.GetBytes(section[..Math.Min(section.Length, 64)], bytes);
        foreach (byte one in bytes[..length]) hash = unchecked((hash ^ one) * 16777619);
        return hash % (uint)Of == (uint)Index;
    }
}

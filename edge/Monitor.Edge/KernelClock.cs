using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>What the operating system knows of its clock.</summary>
/// <param name="Synchronized">Whether something outside disciplines it now; null where the system does not say.</param>
/// <param name="ErrorMilliseconds">The largest error that it claims; null where it claims none.</param>
/// <param name="SyncedAt">When it was last set; null where unknown.</param>
internal sealed partial record KernelClock(bool? Synchronized, long? ErrorMilliseconds, Instant? SyncedAt)
{
    // struct timex of 64-bit Linux: offsets of maxerror (microseconds) and status; the whole is 208 bytes.
    private const int MaxErrorAt = 24, StatusAt = 40, TimexBytes = 208;
    private const int StatusUnsynchronized = 0x0040, StateError = 5;

    // systemd-timesyncd touches it at each synchronization.
    private const string TimesyncMark = "/run/systemd/timesync/synchronized";

    /// <summary>A system that says nothing.</summary>
    internal static KernelClock Silent { get; } = new(null, null, null);

    /// <summary>Asks the kernel; elsewhere than on 64-bit Linux it is silent.</summary>
    internal static KernelClock Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian) return Silent;
        byte[] timex = new byte[TimexBytes];
        int state = AdjustTime(timex);
        if (state < 0) return Silent;
        int status = BinaryPrimitives.ReadInt32LittleEndian(timex.AsSpan(StatusAt));
        bool synchronized = state != StateError && (status & StatusUnsynchronized) == 0;
        if (!synchronized) return new KernelClock(false, null, null);
        long error = BinaryPrimitives.ReadInt64LittleEndian(timex.AsSpan(MaxErrorAt));
        return new KernelClock(true, Math.Max(0, (error + 999) / 1000), MarkedAt());
    }

    private static Instant? MarkedAt()
    {
        var mark = new FileInfo(TimesyncMark);
        return mark.Exists ? Instant.From(new DateTimeOffset(mark.LastWriteTimeUtc)) : null;
    }

    // With modes = 0 it only reads, and needs no privilege.
    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int AdjustTime([In, Out] byte[] timex);
}

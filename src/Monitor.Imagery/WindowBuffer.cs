namespace Monitor.Imagery;

/// <summary>Room for the numbers of a window, made once and kept while windows do not grow.</summary>
internal sealed class WindowBuffer<T> where T : unmanaged
{
    private T[] room = [];

    internal Span<T> Of(int length)
    {
        if (room.Length < length) room = GC.AllocateUninitializedArray<T>(length);
        return room.AsSpan(0, length);
    }

    internal ReadOnlySpan<T> Part(int start, int length) => room.AsSpan(start, length);
}

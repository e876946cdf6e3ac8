using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Monitor.Domain;

namespace Monitor.Imagery.Tiff;

/// <summary>Reads whole blocks of one file, for one thread: the bytes, unpacked, without predictor, in our order.</summary>
internal sealed class TiffBlocks(SafeFileHandle file, string path, TiffLayout layout, double fill) : IDisposable
{
    private readonly BlockUnpacker unpacker = new(layout.Packing);
    private readonly long fileLength = RandomAccess.GetLength(file);
    private byte[] packed = [], sorted = [];

    /// <summary>Reads a block of the grid of a plane: all its samples, with columns beyond the raster.</summary>
    /// <param name="plane">0 where samples are interleaved.</param>
    /// <param name="column">Of blocks, from 0.</param>
    /// <param name="row">Of blocks, from 0.</param>
    /// <param name="target">Exactly the block.</param>
    /// <exception cref="InputException">The file ends before, or the block is corrupt.</exception>
    internal void Read(int plane, int column, int row, Span<byte> target)
    {
        long index = (((long)plane * layout.Down) + row) * layout.Across + column;
        long at = layout.Offsets[index], count = layout.ByteCounts[index];
        if (count == 0)
        {
            Fill(target);
            return;
        }
        if (at > fileLength || count > fileLength - at)
            throw Fault(column, row, $"the file ends at byte {fileLength}, within it");
        if (layout.Packing == BlockPacking.None)
        {
            if (count < target.Length) throw Fault(column, row, $"it has {count} bytes in place of {target.Length}");
            Fetch(target, at, column, row);
        }
        else
        {
            if (count > Array.MaxLength) throw Fault(column, row, $"it has {count} bytes");
            if (packed.Length < count) packed = GC.AllocateUninitializedArray<byte>((int)(count + (count / 8)));
            Span<byte> bytes = packed.AsSpan(0, (int)count);
            Fetch(bytes, at, column, row);
            if (!unpacker.TryUnpack(bytes, target)) throw Fault(column, row, "its packed bytes are corrupt");
        }
        Restore(target);
    }

    public void Dispose() => unpacker.Dispose();

    private void Restore(Span<byte> block)
    {
        // The third predictor sorts bytes by weight, whatever the file's order.
        if (layout.IsBigEndian == BitConverter.IsLittleEndian && layout.Predictor != 3)
            BlockPredictor.Swap(block, layout.SampleBytes);
        if (layout.Predictor == 1) return;
        int rowBytes = layout.BlockWidth * layout.Step * layout.SampleBytes;
        if (layout.Predictor == 3 && sorted.Length < rowBytes) sorted = new byte[rowBytes];
        for (int at = 0; at < block.Length; at += rowBytes)
        {
            Span<byte> row = block.Slice(at, rowBytes);
            if (layout.Predictor == 2) BlockPredictor.Add(row, layout.SampleBytes, layout.Step);
            else BlockPredictor.Join(row, layout.Step, sorted.AsSpan(0, rowBytes));
        }
    }

    // A block that was never written is all nodata, and 0 without one, as GDAL has it.
    private void Fill(Span<byte> target)
    {
        switch (layout.Type)
        {
            case PixelType.Byte: target.Fill((byte)Clamped(byte.MinValue, byte.MaxValue)); break;
            case PixelType.UInt16:
                MemoryMarshal.Cast<byte, ushort>(target).Fill((ushort)Clamped(ushort.MinValue, ushort.MaxValue));
                break;
            case PixelType.Int16:
                MemoryMarshal.Cast<byte, short>(target).Fill((short)Clamped(short.MinValue, short.MaxValue));
                break;
            default: MemoryMarshal.Cast<byte, float>(target).Fill((float)fill); break;
        }
    }

    private double Clamped(double min, double max) =>
        double.IsNaN(fill) ? 0 : Math.Round(Math.Clamp(fill, min, max), MidpointRounding.AwayFromZero);

    private void Fetch(Span<byte> target, long at, int column, int row)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file, target, at);
            if (read == 0) throw Fault(column, row, "the file ends within it");
            target = target[read..];
            at += read;
        }
    }

    private InputException Fault(int column, int row, string what)
    {
        int top = row * layout.BlockHeight, left = column * layout.BlockWidth;
        string name = layout.IsTiled ? "tile" : "strip";
        return new InputException(
            string.Create(CultureInfo.InvariantCulture,
                $"It is truncated or corrupt: the {name} at row {top}, column {left} cannot be read ({what})."),
            "Fetch the file again.", path);
    }
}

using Monitor.Raster;

namespace Monitor.Imagery.Pictures;

/// <summary>
/// A scene reduced to the pixels of a picture: the mean of each square's clear pixels, in fixed point, so that threads
/// do not change a picture. Pieces may come from several threads and overlap in a square.
/// </summary>
internal sealed class PictureCells
{
    private readonly Lock gate = new();
    private readonly long[] sums;
    private readonly int[] clear, masked;

    /// <summary>Squares of so many pixels that no side has more than <paramref name="sideMax"/> of them.</summary>
    internal PictureCells(int width, int height, int sideMax)
    {
        Step = Math.Max(1, ((Math.Max(width, height) - 1) / sideMax) + 1);
        (Width, Height) = (((width - 1) / Step) + 1, ((height - 1) / Step) + 1);
        (sums, clear, masked) = (new long[Width * Height], new int[Width * Height], new int[Width * Height]);
    }

    /// <summary>Pixels along the side of a square.</summary>
    internal int Step { get; }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Adds a part of a row.</summary>
    /// <param name="x">Column of its first pixel.</param>
    /// <param name="y">Row.</param>
    /// <param name="values">A value, or <see cref="NdviKernel.NoData"/>.</param>
    /// <param name="data">1 where the bands are not nodata.</param>
    internal void Add(int x, int y, ReadOnlySpan<float> values, ReadOnlySpan<byte> data)
    {
        int row = y / Step * Width;
        lock (gate)
        {
            for (int i = 0; i < values.Length; i++)
            {
                int at = row + ((x + i) / Step);
                if (values[i] >= -1)
                {
                    sums[at] += FixedPoint.From(values[i]);
                    clear[at]++;
                }
                else if (data[i] != 0) masked[at]++;
            }
        }
    }

    /// <summary>
    /// Mean of a square; null with <c>IsMasked</c> where most of it is masked, else where it is nodata.
    /// </summary>
    internal (double? Mean, bool IsMasked) At(int x, int y)
    {
        int at = (y * Width) + x;
        return clear[at] > 0 && clear[at] >= masked[at]
            ? (FixedPoint.Mean(sums[at], clear[at]), false)
            : (null, masked[at] > 0);
    }
}

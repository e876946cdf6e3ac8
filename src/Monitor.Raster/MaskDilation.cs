namespace Monitor.Raster;

/// <summary>
/// Grows what is masked: a square of (2N + 1)² pixels of the mask's own grid around each masked pixel.
/// </summary>
public static class MaskDilation
{
    /// <summary>
    /// Turns <see cref="MaskRule.Clear"/> into <see cref="MaskRule.Masked"/> within <paramref name="radius"/> rows and
    /// columns of a masked pixel; fill stays and does not grow. For a window cut from a larger mask to be right, it
    /// must reach <paramref name="radius"/> pixels beyond the part that is used.
    /// </summary>
    /// <param name="classes">Row after row, changed in place.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="radius">N; 0 changes nothing.</param>
    public static void Dilate(Span<byte> classes, int width, int radius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        if (radius == 0 || classes.IsEmpty) return;
        int height = classes.Length / width;
        byte[] near = new byte[classes.Length];
        for (int y = 0; y < height; y++)
            Spread(classes.Slice(y * width, width), near.AsSpan(y * width, width), radius);
        int[] left = new int[width];
        // Down, then up: a column counter says for how many more rows a masked pixel reaches.
        for (int y = 0; y < height; y++) Reach(y);
        Array.Clear(left);
        for (int y = height - 1; y >= 0; y--) Reach(y);
        for (int i = 0; i < near.Length; i++)
            if (near[i] != 0 && classes[i] == MaskRule.Clear) classes[i] = MaskRule.Masked;

        void Reach(int y)
        {
            Span<byte> row = near.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                if (row[x] == 1) left[x] = radius;
                else if (left[x] > 0)
                {
                    left[x]--;
                    row[x] = 2;
                }
            }
        }
    }

    private static void Spread(ReadOnlySpan<byte> row, Span<byte> near, int radius)
    {
        int until = -1;
        for (int x = 0; x < row.Length; x++)
        {
            if (row[x] == MaskRule.Masked) until = x + radius;
            if (x <= until) near[x] = 1;
        }
        until = row.Length;
        for (int x = row.Length - 1; x >= 0; x--)
        {
            if (row[x] == MaskRule.Masked) until = x - radius;
            if (x >= until) near[x] = 1;
        }
    }
}

namespace Monitor.Tests.Raster;

/// <summary>
/// Pixels from a seed, the same on every machine: a linear congruential generator (Numerical Recipes).
/// </summary>
internal sealed class Pixels(uint seed)
{
    private uint state = seed;

    internal uint Next(uint below)
    {
        state = unchecked((state * 1664525u) + 1013904223u);
        return (uint)(((ulong)state * below) >> 32);
    }

    internal ushort[] UInt16(int length, uint below = 65536)
    {
        var pixels = new ushort[length];
        for (int i = 0; i < length; i++) pixels[i] = Next(8) == 0 ? (ushort)Next(3) : (ushort)Next(below);
        return pixels;
    }

    // Every kind of number that a float raster can hold, the odd ones often.
    internal double[] Float64(int length)
    {
        double[] odd =
            [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, -1, -9999, 1e308, 5e-324];
        var pixels = new double[length];
        for (int i = 0; i < length; i++) pixels[i] = Next(4) == 0 ? odd[Next((uint)odd.Length)] : Next(20001) / 10000.0;
        return pixels;
    }

    internal byte[] Bytes(int length, uint below)
    {
        var pixels = new byte[length];
        for (int i = 0; i < length; i++) pixels[i] = (byte)Next(below);
        return pixels;
    }

    internal float[] Ndvi(int length)
    {
        var pixels = new float[length];
        for (int i = 0; i < length; i++) pixels[i] = Next(5) == 0 ? -9999f : (Next(20001) / 10000f) - 1f;
        return pixels;
    }
}

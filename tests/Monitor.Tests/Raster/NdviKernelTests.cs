using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class NdviKernelTests
{
    private static readonly BandCalibration Sentinel = new(0.0001, -0.1, 0);

    // The definition, pixel by pixel, written apart from the kernel.
    private static float Twin(
        double red, double nir, bool clear, BandCalibration r, BandCalibration n, ref int eligible)
    {
        if (double.IsNaN(red) || double.IsInfinity(red) || double.IsNaN(nir) || double.IsInfinity(nir)) return -9999;
        if ((r.NoData is double a && red == a) || (n.NoData is double b && nir == b)) return -9999;
        eligible++;
        double rho = Math.Max((red * r.Scale) + r.Offset, 0), nu = Math.Max((nir * n.Scale) + n.Offset, 0);
        if (!clear || rho + nu == 0 || double.IsInfinity(rho + nu)) return -9999;
        return (float)((nu - rho) / (nu + rho));
    }

    public static TheoryData<int> Widths => [64, 128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length_of_UInt16_gives_the_bits_of_the_definition(int width)
    {
        for (int length = 0; length <= 256; length++)
        {
            var pixels = new Pixels((uint)length + 1);
            ushort[] red = pixels.UInt16(length), nir = pixels.UInt16(length);
            byte[] clear = length % 3 == 0 ? [] : pixels.Bytes(length, 2);
            BandCalibration r = length % 2 == 0 ? Sentinel : new(0.0000275, -0.2, 1), n = Sentinel with { NoData = 2 };
            float[] expected = new float[length], actual = new float[length];
            int wanted = 0;
            for (int i = 0; i < length; i++)
                expected[i] = Twin(red[i], nir[i], clear.Length == 0 || clear[i] != 0, r, n, ref wanted);

            int eligible = NdviKernel.Compute<ushort>(width, red, nir, clear, r, n, actual);

            Assert.Equal(Bits(expected), Bits(actual));
            Assert.Equal(wanted, eligible);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void UInt16_that_is_reflectance_as_it_is_gives_the_bits_of_the_definition(int width)
    {
        for (int length = 0; length <= 256; length++)
        {
            var pixels = new Pixels((uint)length + 5);
            ushort[] red = pixels.UInt16(length), nir = pixels.UInt16(length);
            byte[] clear = length % 3 == 0 ? [] : pixels.Bytes(length, 3);
            // Nodata of each kind: none, one that occurs, and ones that no UInt16 can be.
            double? none = (length % 5) switch { 0 => null, 1 => 0, 2 => -9999, 3 => 0.5, _ => 2 };
            BandCalibration r = BandCalibration.Plain with { NoData = none }, n = r with { NoData = 1 };
            float[] expected = new float[length], actual = new float[length];
            int wanted = 0;
            for (int i = 0; i < length; i++)
                expected[i] = Twin(red[i], nir[i], clear.Length == 0 || clear[i] != 0, r, n, ref wanted);

            int eligible = NdviKernel.Compute<ushort>(width, red, nir, clear, r, n, actual);

            Assert.Equal(Bits(expected), Bits(actual));
            Assert.Equal(wanted, eligible);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Quotients_rounded_to_float32_at_once_are_those_rounded_to_double_first(int width)
    {
        // Every NIR beside a comb of reds, four million pairs: the proof is cited in the kernel, this is its trial.
        ushort[] red = new ushort[65536], nir = [.. Enumerable.Range(0, 65536).Select(v => (ushort)v)];
        float[] actual = new float[65536];
        for (int r = 1; r < 65536; r += 1021)
        {
            Array.Fill(red, (ushort)r);
            NdviKernel.Compute<ushort>(width, red, nir, [], BandCalibration.Plain, BandCalibration.Plain, actual);
            for (int n = 0; n < nir.Length; n++)
                if (actual[n] != (float)((n - r) / (double)(n + r))) Assert.Fail($"red {r}, NIR {n}: {actual[n]:R}");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_length_of_Float64_with_NaN_infinity_and_nodata_gives_the_bits_of_the_definition(int width)
    {
        for (int length = 0; length <= 256; length++)
        {
            var pixels = new Pixels((uint)length + 77);
            double[] red = pixels.Float64(length), nir = pixels.Float64(length);
            byte[] clear = length % 3 == 0 ? [] : pixels.Bytes(length, 2);
            double scale = length % 2 == 0 ? 1 : 1.5, offset = length % 5 == 0 ? -0.1 : 0;
            var band = new BandCalibration(scale, offset, length % 7 == 0 ? null : -9999);
            float[] expected = new float[length], actual = new float[length];
            int wanted = 0;
            for (int i = 0; i < length; i++)
                expected[i] = Twin(red[i], nir[i], clear.Length == 0 || clear[i] != 0, band, band, ref wanted);

            int eligible = NdviKernel.Compute<double>(width, red, nir, clear, band, band, actual);

            Assert.Equal(Bits(expected), Bits(actual));
            Assert.Equal(wanted, eligible);
        }
    }

    [Fact]
    public void The_width_in_use_is_the_one_the_runtime_is_told_to_use()
    {
        // VectorWidthTests runs this class again with narrower vectors and says here what must then be in use.
        string? told = Environment.GetEnvironmentVariable("MONITOR_TEST_VECTOR_BITS");
        bool widest = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;
        bool wide = System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated;
        bool narrow = System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated;
        int expected = told is null
            ? widest ? 512 : wide ? 256 : narrow ? 128 : 64
            : int.Parse(told, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, Lanes.Width);
    }

    [Fact]
    public void The_offset_of_Sentinel_2_is_added_after_the_scale()
    {
        // (0.32 - 0.04) / (0.32 + 0.04) = 0.7778, where 1400 and 4200 without the offset would give 0.50.
        Assert.Equal(0.28 / 0.36, One(1400, 4200, Sentinel), 1e-6);
        Assert.Equal(0.50, One(1400, 4200, BandCalibration.Plain), 1e-6);
    }

    [Fact]
    public void Nodata_is_tested_before_the_offset()
    {
        Assert.Equal(-9999, One(0, 4200, Sentinel));
        // DN 1000 has reflectance 0, which is a measurement: (0.32 - 0) / 0.32 = 1.
        Assert.Equal(1, One(1000, 4200, Sentinel));
    }

    [Fact]
    public void A_negative_reflectance_counts_as_zero()
    {
        // Red 900 is -0.01, taken as 0: (0.32 - 0) / 0.32 = 1, never more than 1.
        Assert.Equal(1, One(900, 4200, Sentinel));
    }

    [Fact]
    public void Red_and_nir_of_zero_have_no_ndvi_but_are_not_nodata()
    {
        float[] ndvi = new float[1];
        int eligible = NdviKernel.Compute<ushort>([900], [900], [], Sentinel, Sentinel, ndvi);
        Assert.Equal(-9999, ndvi[0]);
        Assert.Equal(1, eligible);
    }

    [Fact]
    public void A_masked_pixel_has_no_ndvi_but_is_not_nodata()
    {
        float[] ndvi = new float[2];
        BandCalibration plain = BandCalibration.Plain;
        int eligible = NdviKernel.Compute<ushort>([1, 1], [3, 3], [0, 1], plain, plain, ndvi);
        Assert.Equal([-9999f, 0.5f], ndvi);
        Assert.Equal(2, eligible);
    }

    [Fact]
    public void Spans_of_different_length_and_other_types_are_refused()
    {
        BandCalibration plain = BandCalibration.Plain;
        Assert.Throws<ArgumentException>(() => NdviKernel.Compute<ushort>([1, 2], [1], [], plain, plain, new float[2]));
        Assert.Throws<ArgumentException>(
            () => NdviKernel.Compute<ushort>([1], [1], [1, 1], plain, plain, new float[1]));
        Assert.Throws<ArgumentException>(() => NdviKernel.Compute<int>([1], [1], [], plain, plain, new float[1]));
    }

    private static float One(ushort red, ushort nir, BandCalibration band)
    {
        float[] ndvi = new float[1];
        NdviKernel.Compute<ushort>([red], [nir], [], band, band, ndvi);
        return ndvi[0];
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}

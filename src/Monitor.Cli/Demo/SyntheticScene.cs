using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Programmes.Definitions;
using Monitor.Raster;

namespace Monitor.Cli.Demo;

/// <summary>
/// A made-up scene of one bank's site, in the shape of a Sentinel-2 L2A product: green, red and near infrared as UInt16 × 0.0001
/// at 10 m, scene classification at 20 m. Vegetation, bare soil and open water lie in patches; clouds come from the west.
/// </summary>
/// <param name="Bank">The bank whose site it shows.</param>
/// <param name="Taken">When it was taken.</param>
/// <param name="Vegetated">Share of the land that is vegetated, 0 to 1.</param>
/// <param name="Clouded">Share of the scene, from the west, that is under cloud, 0 to 1.</param>
internal sealed record SyntheticScene(WetlandBank Bank, Instant Taken, double Vegetated, double Clouded)
{
    private const double PixelMetres = 10;
    private const int MarginPixels = 40;
    private const int Patch = 8;

    // Classes of Sentinel-2's scene classification.
    private const byte Vegetation = 4, Bare = 5, Water = 6, Cloud = 9;

    /// <summary>A name for the scene's folder, as <c>jiulong-20250715</c>.</summary>
    internal string Name => $"{Bank.Id}-{Taken.ToDateTimeOffset():yyyyMMdd}";

    /// <summary>Writes the four files into the folder, and tells how to read them.</summary>
    internal SceneSource Write(string folder)
    {
        Directory.CreateDirectory(folder);
        (double minX, double minY, double maxX, double maxY) = Bank.Outline.Bounds();
        // Even sides, so that the 20 m mask fits the 10 m bands.
        int width = 2 * (int)Math.Ceiling(((maxX - minX) / PixelMetres + (2 * MarginPixels)) / 2);
        int height = 2 * (int)Math.Ceiling(((maxY - minY) / PixelMetres + (2 * MarginPixels)) / 2);
        int epsg = int.Parse(Bank.Crs["EPSG:".Length..], System.Globalization.CultureInfo.InvariantCulture);
        double west = minX - (MarginPixels * PixelMetres), north = maxY + (MarginPixels * PixelMetres);
        GeoReference fine = GeoReference.NorthUp(epsg, west, north, PixelMetres);
        GeoReference coarse = GeoReference.NorthUp(epsg, west, north, 2 * PixelMetres);

        var scl = new byte[width / 2 * (height / 2)];
        var green = new ushort[width * height];
        var red = new ushort[width * height];
        var nir = new ushort[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                byte ground = Ground(x / Patch, y / Patch);
                bool clouded = x < Clouded * width;
                scl[(y / 2 * (width / 2)) + (x / 2)] = clouded ? Cloud : ground;
                int at = (y * width) + x;
                (green[at], red[at], nir[at]) = clouded
                    ? ((ushort)6300, (ushort)6200, (ushort)6400)
                    : Reflectance(ground, Draw(x, y, 7));
            }
        }
        string File(string band) => Path.Combine(folder, $"{Name}-{band}.tif");
        GeoTiffWriter.WriteAll<ushort>(File("B03"), green, width, height, fine, 0, TiffCompression.Deflate);
        GeoTiffWriter.WriteAll<ushort>(File("B04"), red, width, height, fine, 0, TiffCompression.Deflate);
        GeoTiffWriter.WriteAll<ushort>(File("B08"), nir, width, height, fine, 0, TiffCompression.Deflate);
        GeoTiffWriter.WriteAll<byte>(File("SCL"), scl, width / 2, height / 2, coarse, 0, TiffCompression.Deflate);
        return new SceneSource(new BandReference(File("B04")), new BandReference(File("B08")))
        {
            Green = new BandReference(File("B03")),
            Mask = new SceneMask(new BandReference(File("SCL")), MaskKind.Scl),
            Scale = 0.0001,
        };
    }

    private byte Ground(int patchX, int patchY)
    {
        double draw = Draw(patchX, patchY, 1) / 100.0;
        if (draw < 0.06) return Water;
        return Draw(patchX, patchY, 2) / 100.0 < Vegetated ? Vegetation : Bare;
    }

    private static (ushort Green, ushort Red, ushort Nir) Reflectance(byte ground, int noise) => ground switch
    {
        Vegetation => ((ushort)(560 + noise), (ushort)(330 + noise), (ushort)(4100 + (9 * noise))),
        Bare => ((ushort)(1300 + (3 * noise)), (ushort)(1650 + (4 * noise)), (ushort)(2050 + (5 * noise))),
        _ => ((ushort)(640 + noise), (ushort)(420 + noise), (ushort)(180 + noise)),
    };

    // 0 to 99, from the place alone: the same on every machine (a step of SplitMix64).
    private static int Draw(int x, int y, int salt)
    {
        ulong z = ((ulong)(uint)x << 40) ^ ((ulong)(uint)y << 16) ^ (uint)salt;
        z = unchecked((z + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return (int)((z ^ (z >> 31)) % 100);
    }
}

using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Domain;

namespace Monitor.Imagery.Gdal;

/// <summary>A coordinate system, x to the east and y to the north whatever its authority says of the order.</summary>
public sealed unsafe class SpatialReference : SafeHandle
{
    private SpatialReference(nint reference) : base(0, ownsHandle: true)
    {
        SetHandle(reference);
        // ogr_srs_api.h: OAMS_TRADITIONAL_GIS_ORDER.
        GdalNative.OSRSetAxisMappingStrategy(reference, 0);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Coordinates are angles, so that a pixel has no one area.</summary>
    public bool IsGeographic => GdalNative.OSRIsGeographic(handle) != 0;

    /// <summary>Metres in the unit of the coordinates; 1 for UTM.</summary>
    public double MetresPerUnit => GdalNative.OSRGetLinearUnits(handle, 0);

    /// <summary>Radians in the unit of a system of angles.</summary>
    public double RadiansPerUnit => GdalNative.OSRGetAngularUnits(handle, 0);

    /// <summary>The figure of the earth that the system measures on.</summary>
    public Ellipsoid Ellipsoid
    {
        get
        {
            int fault;
            return new(GdalNative.OSRGetSemiMajor(handle, &fault), GdalNative.OSRGetInvFlattening(handle, &fault));
        }
    }

    /// <summary>Reads WKT.</summary>
    /// <exception cref="InputException">It is no coordinate system.</exception>
    public static SpatialReference FromWkt(string wkt)
    {
        GdalLibrary.Ensure();
        nint reference = GdalNative.OSRNewSpatialReference(wkt);
        return reference != 0 ? new SpatialReference(reference) : throw new InputException(
            $"The coordinate system cannot be read: {GdalError.Text}.", "Give the file a valid coordinate system.");
    }

    /// <summary>A copy of a system that a dataset owns; null for none.</summary>
    internal static SpatialReference? CopyOf(nint borrowed) =>
        borrowed == 0 ? null : new SpatialReference(GdalNative.OSRClone(borrowed));

    /// <summary>A way from this system to another; 0 when there is none. The caller destroys it.</summary>
    internal nint WayTo(SpatialReference target) => GdalNative.OCTNewCoordinateTransformation(handle, target.handle);

    /// <summary>The same system in WKT 2 of 2019, on one line.</summary>
    internal static string Wkt2Of(string wkt)
    {
        using SpatialReference system = FromWkt(wkt);
        nint options = GdalNative.CSLSetNameValue(GdalNative.CSLSetNameValue(0, "FORMAT", "WKT2_2019"), "MULTILINE", "NO");
        nint text;
        int fault = GdalNative.OSRExportToWktEx(system.handle, &text, options);
        GdalNative.CSLDestroy(options);
        if (fault != 0) return wkt;
        string two = Marshal.PtrToStringUTF8(text) ?? wkt;
        GdalNative.VSIFree(text);
        return two;
    }

    /// <summary>The WKT of an EPSG code.</summary>
    /// <exception cref="InputException">There is no such code.</exception>
    public static string WktOfEpsg(int code)
    {
        GdalLibrary.Ensure();
        GdalError.Reset();
        using var system = new SpatialReference(GdalNative.OSRNewSpatialReference(null));
        if (GdalNative.OSRImportFromEPSG(system.handle, code) != 0)
        {
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"EPSG:{code} is not known: {GdalError.Text}."),
                "Name an EPSG code, as 32651.");
        }
        nint text;
        if (GdalNative.OSRExportToWkt(system.handle, &text) != 0)
            throw new InputException($"EPSG:{code} has no text form: {GdalError.Text}.", "Name another EPSG code.");
        string wkt = Marshal.PtrToStringUTF8(text) ?? "";
        GdalNative.VSIFree(text);
        return wkt;
    }

    /// <summary>Whether both name the same system.</summary>
    public bool IsSame(SpatialReference other) => GdalNative.OSRIsSame(handle, other.handle) != 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        GdalNative.OSRRelease(handle);
        return true;
    }
}

using System.Runtime.InteropServices;

namespace Monitor.Imagery.Gdal;

/// <summary>Polygons (ogr_api.h) and coordinate systems (ogr_srs_api.h).</summary>
internal static unsafe partial class GdalNative
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OSRNewSpatialReference(string? wkt);

    [LibraryImport(Library)]
    internal static partial nint OSRClone(nint system);

    [LibraryImport(Library)]
    internal static partial void OSRRelease(nint system);

    [LibraryImport(Library)]
    internal static partial int OSRImportFromEPSG(nint system, int code);

    [LibraryImport(Library)]
    internal static partial int OSRExportToWkt(nint system, nint* text);

    [LibraryImport(Library)]
    internal static partial int OSRExportToWktEx(nint system, nint* text, nint options);

    [LibraryImport(Library)]
    internal static partial void OSRSetAxisMappingStrategy(nint system, int strategy);

    [LibraryImport(Library)]
    internal static partial int OSRIsSame(nint one, nint other);

    [LibraryImport(Library)]
    internal static partial int OSRIsGeographic(nint system);

    [LibraryImport(Library)]
    internal static partial double OSRGetLinearUnits(nint system, nint name);

    [LibraryImport(Library)]
    internal static partial double OSRGetAngularUnits(nint system, nint name);

    [LibraryImport(Library)]
    internal static partial double OSRGetSemiMajor(nint system, int* fault);

    [LibraryImport(Library)]
    internal static partial double OSRGetInvFlattening(nint system, int* fault);

    [LibraryImport(Library)]
    internal static partial int OCTTransformEx(
        nint transformation, int count, double* x, double* y, double* z, int* success);

    [LibraryImport(Library)]
    internal static partial nint OCTNewCoordinateTransformation(nint source, nint target);

    [LibraryImport(Library)]
    internal static partial void OCTDestroyCoordinateTransformation(nint transformation);

    [LibraryImport(Library)]
    internal static partial int OGR_GT_Flatten(int type);

    [LibraryImport(Library)]
    internal static partial int GDALDatasetGetLayerCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial nint GDALDatasetGetLayer(DatasetHandle dataset, int layer);

    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetSpatialRef(nint layer);

    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetLayerDefn(nint layer);

    [LibraryImport(Library)]
    internal static partial int OGR_FD_GetFieldCount(nint definition);

    [LibraryImport(Library)]
    internal static partial int OGR_FD_GetGeomFieldCount(nint definition);

    [LibraryImport(Library)]
    internal static partial nint OGR_FD_GetFieldDefn(nint definition, int field);

    [LibraryImport(Library)]
    internal static partial nint OGR_Fld_GetNameRef(nint field);

    [LibraryImport(Library)]
    internal static partial int OGR_Fld_GetType(nint field);

    [LibraryImport(Library)]
    internal static partial nint OGR_L_GetNextFeature(nint layer);

    [LibraryImport(Library)]
    internal static partial void OGR_F_Destroy(nint feature);

    [LibraryImport(Library)]
    internal static partial long OGR_F_GetFID(nint feature);

    [LibraryImport(Library)]
    internal static partial int OGR_F_IsFieldSetAndNotNull(nint feature, int field);

    [LibraryImport(Library)]
    internal static partial nint OGR_F_GetFieldAsString(nint feature, int field);

    [LibraryImport(Library)]
    internal static partial nint OGR_F_GetGeometryRef(nint feature);

    [LibraryImport(Library)]
    internal static partial int OGR_G_GetGeometryType(nint geometry);

    [LibraryImport(Library)]
    internal static partial nint OGR_G_GetGeometryName(nint geometry);

    [LibraryImport(Library)]
    internal static partial int OGR_G_GetGeometryCount(nint geometry);

    [LibraryImport(Library)]
    internal static partial nint OGR_G_GetGeometryRef(nint geometry, int part);

    [LibraryImport(Library)]
    internal static partial int OGR_G_GetPointCount(nint geometry);

    [LibraryImport(Library)]
    internal static partial double OGR_G_GetX(nint geometry, int point);

    [LibraryImport(Library)]
    internal static partial double OGR_G_GetY(nint geometry, int point);
}

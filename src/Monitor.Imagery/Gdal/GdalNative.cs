using System.Runtime.InteropServices;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// The part of GDAL's C API that is used; names, order and types are gdal.h's, ogr_api.h's and ogr_srs_api.h's.
/// </summary>
internal static unsafe partial class GdalNative
{
    internal const string Library = "gdal";

    // gdal.h: GDAL_OF_*, GDALDataType, GDALAccess; cpl_error.h: CPLErr.
    internal const uint OpenRaster = 0x02, OpenVector = 0x04, OpenVerbose = 0x40;
    internal const int TypeByte = 1, TypeUInt16 = 2, TypeInt16 = 3, TypeUInt32 = 4, TypeInt32 = 5;
    internal const int TypeFloat32 = 6, TypeFloat64 = 7;
    internal const int Read = 0, Write = 1;
    internal const int Failure = 3;

    [LibraryImport(Library)]
    internal static partial void GDALAllRegister();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALVersionInfo(string request);

    [LibraryImport(Library)]
    internal static partial void GDALSetCacheMax64(long bytes);

    [LibraryImport(Library)]
    internal static partial nint CPLSetErrorHandler(nint handler);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void CPLSetConfigOption(string key, string? value);

    [LibraryImport(Library)]
    internal static partial void CPLErrorReset();

    [LibraryImport(Library)]
    internal static partial int CPLGetLastErrorType();

    [LibraryImport(Library)]
    internal static partial nint CPLGetLastErrorMsg();

    [LibraryImport(Library)]
    internal static partial void VSIFree(nint memory);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALOpenEx(string name, uint flags, nint drivers, nint options, nint siblings);

    [LibraryImport(Library)]
    internal static partial void GDALClose(nint dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterXSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterYSize(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterCount(DatasetHandle dataset);

    [LibraryImport(Library)]
    internal static partial nint GDALGetRasterBand(DatasetHandle dataset, int band);

    [LibraryImport(Library)]
    internal static partial int GDALGetGeoTransform(DatasetHandle dataset, double* six);

    [LibraryImport(Library)]
    internal static partial int GDALSetGeoTransform(DatasetHandle dataset, double* six);

    [LibraryImport(Library)]
    internal static partial nint GDALGetProjectionRef(DatasetHandle dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GDALSetProjection(DatasetHandle dataset, string wkt);

    [LibraryImport(Library)]
    internal static partial int GDALGetRasterDataType(nint band);

    [LibraryImport(Library)]
    internal static partial nint GDALGetDataTypeName(int type);

    [LibraryImport(Library)]
    internal static partial int GDALGetDataTypeSizeBytes(int type);

    [LibraryImport(Library)]
    internal static partial int GDALDataTypeIsComplex(int type);

    [LibraryImport(Library)]
    internal static partial void GDALGetBlockSize(nint band, int* x, int* y);

    [LibraryImport(Library)]
    internal static partial double GDALGetRasterNoDataValue(nint band, int* has);

    [LibraryImport(Library)]
    internal static partial int GDALSetRasterNoDataValue(nint band, double value);

    [LibraryImport(Library)]
    internal static partial int GDALRasterIO(
        nint band, int direction, int x, int y, int width, int height,
        void* data, int dataWidth, int dataHeight, int type, int pixelSpace, int lineSpace);

    [LibraryImport(Library)]
    internal static partial void GDALFlushCache(DatasetHandle dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GDALSetMetadataItem(DatasetHandle owner, string name, string value, string? domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GDALSetMetadataItem(nint owner, string name, string value, string? domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALGetDriverByName(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint GDALCreate(
        nint driver, string name, int width, int height, int bands, int type, nint options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint CSLSetNameValue(nint list, string name, string value);

    [LibraryImport(Library)]
    internal static partial void CSLDestroy(nint list);
}

using System.Runtime.InteropServices;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// Finds libgdal, in one place, and prepares it: quiet errors (they come back as exceptions), no sidecars, a bounded
/// cache.
/// </summary>
public static class GdalLibrary
{
    /// <summary>The environment variable that names the library file, ahead of all other places.</summary>
    public const string PathVariable = "MONITOR_GDAL";

    // The newest first; 32 is GDAL 3.6 of Debian 12, the oldest that is tried is 3.0's 26.
    private const int SoVersionMax = 45, SoVersionMin = 26;

    // GDAL's cache of decoded blocks, shared by all threads: a little, and some for each open band. Its default, a
    // twentieth of the machine's memory, would be most of what a scene takes.
    private const long CacheBytes = 2L << 20, CacheBytesPerBand = 1L << 20, LargeBlockBytes = 4L << 20;
    private const int LargeBlocksKept = 2;

    private static readonly Lock CacheGate = new();
    private static long bandBytes;

    private static readonly Lazy<nint> Handle = new(Load, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The library's version, as <c>3.6.2</c>.</summary>
    /// <exception cref="ImageryUnavailableException">The library is missing.</exception>
    public static string Version
    {
        get
        {
            Ensure();
            return Marshal.PtrToStringUTF8(GdalNative.GDALVersionInfo("RELEASE_NAME")) ?? "";
        }
    }

    /// <summary>Loads and prepares the library once; every door to GDAL passes here.</summary>
    /// <exception cref="ImageryUnavailableException">The library is missing.</exception>
    internal static void Ensure() => _ = Handle.Value;

    private static nint Load()
    {
        nint library = Find();
        // The library's own printer to stderr is replaced: its text reaches the user in our exceptions.
        GdalNative.CPLSetErrorHandler(NativeLibrary.GetExport(library, "CPLQuietErrorHandler"));
        // A .aux.xml beside a file must not change its nodata, nor may reading a scene write one.
        GdalNative.CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
        SetCache();
        GdalNative.GDALAllRegister();
        return library;
    }

    /// <summary>
    /// Makes room for a band that is opened: two of its blocks where they are large, so that none is decoded once per
    /// window. Given back by the same call with the other sign.
    /// </summary>
    internal static void Reserve(long blockBytes, int sign)
    {
        long bytes = blockBytes > LargeBlockBytes ? LargeBlocksKept * blockBytes : CacheBytesPerBand;
        lock (CacheGate)
        {
            bandBytes += sign * bytes;
            SetCache();
        }
    }

    private static void SetCache()
    {
        if (Environment.GetEnvironmentVariable("GDAL_CACHEMAX") is null)
            GdalNative.GDALSetCacheMax64(CacheBytes + bandBytes);
    }

    private static nint Find()
    {
        string? named = Environment.GetEnvironmentVariable(PathVariable);
        IEnumerable<int> versions = Enumerable.Range(SoVersionMin, SoVersionMax - SoVersionMin + 1).Reverse();
        nint handle = NativeLibraries.Load(
            GdalNative.Library,
            string.IsNullOrEmpty(named) ? NativeLibraries.FilesOf(GdalNative.Library, versions) : [named]);
        if (handle != 0) return handle;
        string place = string.IsNullOrEmpty(named) ? "" : $" ({PathVariable} names {named})";
        throw new ImageryUnavailableException(
            $"The library libgdal, which reads scenes, cannot be loaded{place}. "
            + $"Install Debian's package libgdal32 (or another GDAL 3), or let {PathVariable} name the library file.");
    }
}

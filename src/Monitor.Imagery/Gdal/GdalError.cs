using System.Runtime.InteropServices;

namespace Monitor.Imagery.Gdal;

/// <summary>The last error of this thread, in GDAL's words.</summary>
internal static class GdalError
{
    internal static void Reset() => GdalNative.CPLErrorReset();

    internal static bool IsFailure => GdalNative.CPLGetLastErrorType() >= GdalNative.Failure;

    internal static string Text
    {
        get
        {
            string text = Marshal.PtrToStringUTF8(GdalNative.CPLGetLastErrorMsg()) ?? "";
            return text.Length > 0 ? text.ReplaceLineEndings(" ").TrimEnd('.') : "no reason given";
        }
    }
}

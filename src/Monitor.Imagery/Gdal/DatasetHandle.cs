using System.Runtime.InteropServices;

namespace Monitor.Imagery.Gdal;

/// <summary>An open dataset. GDAL's datasets are not thread-safe: one handle per thread.</summary>
internal sealed class DatasetHandle : SafeHandle
{
    internal DatasetHandle(nint dataset) : base(0, ownsHandle: true) => SetHandle(dataset);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        GdalNative.GDALClose(handle);
        return true;
    }
}

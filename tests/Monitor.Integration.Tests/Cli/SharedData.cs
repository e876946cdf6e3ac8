namespace Monitor.Integration.Tests.Cli;

/// <summary>
/// Data of others, read in place: the folder named by MONITOR_SHARED, else <c>shared</c> beside the repository.
/// </summary>
internal static class SharedData
{
    /// <summary>The full path of a file under <c>data</c>, or null where it is not on this machine.</summary>
    public static string? Find(string path)
    {
        string? root = Environment.GetEnvironmentVariable("MONITOR_SHARED") ?? BesideTheRepository();
        string? full = root is null ? null : Path.Combine(root, "data", path);
        return File.Exists(full) ? full : null;
    }

    private static string? BesideTheRepository()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Monitor.sln"))) return Path.Combine(at.FullName, "..", "shared");
        }
        return null;
    }
}

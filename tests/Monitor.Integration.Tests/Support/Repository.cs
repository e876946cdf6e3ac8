namespace Monitor.Integration.Tests.Support;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its folder: the nearest above the tests with the solution; null where they were carried elsewhere.</summary>
    internal static DirectoryInfo? Root { get; } = Find();

    private static DirectoryInfo? Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Monitor.sln"))) folder = folder.Parent;
        return folder;
    }
}

namespace Monitor.Integration.Tests.Imagery;

/// <summary>A folder of one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("monitor-imagery-");

    internal string this[string name] => Path.Combine(folder.FullName, name);

    internal string[] Names => [.. folder.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}

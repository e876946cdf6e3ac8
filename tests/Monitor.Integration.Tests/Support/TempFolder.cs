using System.Text;

namespace Monitor.Integration.Tests.Support;

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("monitor-test-");

    internal string Root => _folder.FullName;

    /// <summary>Names of the files in it, in ordinal order.</summary>
    internal string[] Names => [.. _folder.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <summary>The full path of a name in it.</summary>
    internal string this[string name] => Path.Combine(Root, name);

    /// <inheritdoc cref="this"/>
    internal string File(string name) => this[name];

    /// <summary>Writes a file and gives its path.</summary>
    internal string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    internal string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public void Dispose() => _folder.Delete(recursive: true);
}

using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Monitor.Imagery;

/// <summary>
/// The one place where names in <c>LibraryImport</c> become libraries: an assembly may have one resolver only.
/// </summary>
internal static class NativeLibraries
{
    private static readonly ConcurrentDictionary<string, nint> Loaded = new(StringComparer.Ordinal);

    static NativeLibraries() => NativeLibrary.SetDllImportResolver(
        typeof(NativeLibraries).Assembly, static (name, _, _) => Loaded.GetValueOrDefault(name));

    /// <summary>Loads the first of the files that is there, under the name that imports use; 0 when none is.</summary>
    internal static nint Load(string name, IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            if (!NativeLibrary.TryLoad(file, Assembly.GetExecutingAssembly(), null, out nint handle)) continue;
            Loaded[name] = handle;
            return handle;
        }
        return 0;
    }

    /// <summary>What a library's file is called on this system, with and without its version.</summary>
    internal static IEnumerable<string> FilesOf(string stem, params IEnumerable<int> versions)
    {
        if (OperatingSystem.IsWindows()) return [$"{stem}.dll", $"lib{stem}.dll"];
        if (OperatingSystem.IsMacOS()) return [$"lib{stem}.dylib"];
        return versions.Select(v => $"lib{stem}.so.{v}").Append($"lib{stem}.so");
    }
}

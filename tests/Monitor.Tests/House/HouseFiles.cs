using System.Diagnostics;
using System.Text;

namespace Monitor.Tests.House;

/// <summary>Every file that is, or is about to be, committed: read once for all the house tests.</summary>
public sealed class HouseFiles
{
    private static readonly string[] Unlisted =
        ["artifacts", "node_modules", "dist", "bin", "obj", ".git", "monitor-data"];

    private static readonly Lazy<HouseFiles> Once = new(() => new HouseFiles(FindRoot()));

    private readonly Dictionary<string, string> _texts = [];

    private HouseFiles(string root)
    {
        Root = root;
        Paths = [.. (ListByGit(root) ?? ListByWalking(root)).Where(p => File.Exists(Path.Combine(root, p)))
            .Order(StringComparer.Ordinal)];
        foreach (string path in Paths)
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(root, path));
            if (!bytes.AsSpan().Contains((byte)0)) _texts[path] = Encoding.UTF8.GetString(bytes);
        }
    }

    public static HouseFiles All => Once.Value;

    public string Root { get; }

    /// <summary>Relative to the root, with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The text files whose path satisfies the condition. A file with a zero byte is no text.</summary>
    public IEnumerable<(string Path, string Text)> Texts(Func<string, bool> wanted) =>
        from path in Paths
        where _texts.ContainsKey(path) && wanted(path)
        select (path, _texts[path]);

    public string Text(string path) => _texts[path];

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Monitor.sln"))) return at.FullName;
        }
        throw new InvalidOperationException($"No Monitor.sln above {AppContext.BaseDirectory}.");
    }

    /// <summary>Null where there is no git, or the folder is no clone (a source archive).</summary>
    private static string[]? ListByGit(string root)
    {
        if (!Path.Exists(Path.Combine(root, ".git"))) return null;
        var ask = new ProcessStartInfo("git") { WorkingDirectory = root, RedirectStandardOutput = true };
        string[] words =
            ["-c", $"safe.directory={root}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        foreach (string word in words) ask.ArgumentList.Add(word);
        try
        {
            using Process git = Process.Start(ask)!;
            string listing = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? listing.Split('\0', StringSplitOptions.RemoveEmptyEntries) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Git is not installed; the walk below finds the same files.
            return null;
        }
    }

    private static IEnumerable<string> ListByWalking(string root)
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out string? folder))
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                yield return Path.GetRelativePath(root, file).Replace('\\', '/');
            }
            foreach (string inner in Directory.EnumerateDirectories(folder))
            {
                if (!Unlisted.Contains(Path.GetFileName(inner))) folders.Push(inner);
            }
        }
    }
}

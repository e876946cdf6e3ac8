using System.Diagnostics;
using Xunit;

namespace Monitor.Integration.Tests.Support;

/// <summary>A disk of a few mebibytes, to be filled: a tmpfs of the test's own. It takes root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Filler = "filler";

    private SmallDisk(string root) => Root = root;

    internal string Root { get; }

    /// <summary>Mounts it over an empty folder; null where this machine does not let us.</summary>
    internal static SmallDisk? TryMount(string folder, int mebibytes)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", folder)
            ? new SmallDisk(folder)
            : null;
    }

    /// <summary>Others fill it, to the last page.</summary>
    internal void Fill()
    {
        using FileStream filler = File.Create(Path.Combine(Root, Filler));
        byte[] block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            Assert.True(filler.Length > 0);
        }
    }

    /// <summary>They take it away again.</summary>
    internal void Relieve() => File.Delete(Path.Combine(Root, Filler));

    public void Dispose() => Run("umount", "-l", Root);

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

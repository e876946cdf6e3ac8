using Monitor.Domain;
using Monitor.Programmes.Definitions;

namespace Monitor.Cli;

/// <summary>Definition files on disk: those the user names, and those that came with the program.</summary>
internal static class DefinitionFiles
{
    /// <summary>The programmes that came with the program.</summary>
    internal static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "pipelines");

    /// <summary>A file's bytes.</summary>
    /// <exception cref="InputException">It is not there or cannot be read.</exception>
    internal static DefinitionText Load(string path)
    {
        try
        {
            return new DefinitionText(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException("there is no such file.", "Name a definition file that exists.", path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException("it cannot be opened.", "Give a file, not a folder, that you may read.", path);
        }
        catch (IOException e)
        {
            throw new InputException($"cannot be read: {e.Message}", "Name a definition file that exists.", path);
        }
    }

    /// <summary>A programme that came with the program, as <c>ou-river.yaml</c>.</summary>
    internal static DefinitionText Shipped(string name) => Load(Path.Combine(ShippedFolder, name));

    /// <summary>A river programme with its standard.</summary>
    internal static RiverProgramme River(DefinitionText text, IReadOnlyList<WhatIf>? changes = null) =>
        RiverProgrammeReader.Read(text, name => Standard(name, Path.GetDirectoryName(text.File)), changes);

    /// <summary>A standard by name: the file beside the programme, else the one that came with the program.</summary>
    internal static StandardFile? Standard(string name, string? folder)
    {
        if (name.Length == 0 || name.AsSpan().IndexOfAny('/', '\\', '.') >= 0) return null;
        foreach (string place in new[] { folder ?? "", ShippedFolder })
        {
            string path = Path.Combine(place, name + ".yaml");
            if (File.Exists(path)) return StandardFile.Read(Load(path));
        }
        return null;
    }
}

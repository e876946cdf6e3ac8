using Monitor.Domain;

namespace Monitor.Programmes.Definitions;

/// <summary>What a definition file is for.</summary>
public static class DefinitionKind
{
    /// <summary>The word under <c>kind</c>; empty where there is none.</summary>
    /// <exception cref="InputException">The file is no YAML mapping.</exception>
    public static string Of(DefinitionText text) => Word(text, "kind");

    /// <summary>The word under <c>programme</c>; empty where there is none. The rest of the file is not looked at.</summary>
    /// <exception cref="InputException">The file is no YAML mapping.</exception>
    public static string ProgrammeOf(DefinitionText text) => Word(text, "programme");

    private static string Word(DefinitionText text, string key)
    {
        var faults = new DefinitionFaults(text.File);
        DefinitionNode? root = faults.Load(text);
        faults.ThrowIfAny();
        return root!.Text(key, "");
    }
}

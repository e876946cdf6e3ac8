using System.Text;
using Monitor.Domain;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>A standard with the bytes it was read from, so that a judgement can seal both.</summary>
/// <param name="Text">The file.</param>
/// <param name="Standard">Its limits.</param>
public sealed record StandardFile(DefinitionText Text, SurfaceWaterStandard Standard)
{
    /// <summary>The word under <c>kind</c>.</summary>
    public const string Kind = "standard";

    /// <summary>Reads a standard.</summary>
    /// <exception cref="InputException">The first fault, with file, line, field and remedy.</exception>
    public static StandardFile Read(DefinitionText text) =>
        new(text, StandardDefinition.Parse(Encoding.UTF8.GetString(text.Bytes.Span).TrimStart('\uFEFF'), text.File));

    /// <summary>What can be said of the file: its first fault, if any.</summary>
    public static IReadOnlyList<DefinitionFault> Check(DefinitionText text)
    {
        try
        {
            Read(text);
            return [];
        }
        catch (InputException e)
        {
            return [DefinitionFault.Of(e)];
        }
    }
}

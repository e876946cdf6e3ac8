using System.Diagnostics.CodeAnalysis;

namespace Monitor.Domain.Registry;

/// <summary>What a record beside the readings is.</summary>
public enum RecordKind : byte
{
    /// <summary>A change of a register: a person, an agent, a programme in force (<c>registry</c>).</summary>
    Registry = 0,

    /// <summary>A person's verdict on readings (<c>review</c>).</summary>
    Review = 1,

    /// <summary>An approved suspension of a judgement (<c>suspension</c>).</summary>
    Suspension = 2,

    /// <summary>The end of a suspension (<c>lifting</c>).</summary>
    Lifting = 3,

    /// <summary>A calibration of an instrument (<c>calibration</c>).</summary>
    Calibration = 4,
}

/// <summary>The words of <see cref="RecordKind"/>, as they are stored and printed.</summary>
public static class RecordKindNames
{
    private static readonly string[] Names = ["registry", "review", "suspension", "lifting", "calibration"];

    /// <summary>The kind's word.</summary>
    public static string Name(this RecordKind kind) => Names[(int)kind];

    /// <summary>Reads a word; exact, lower case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out RecordKind kind)
    {
        int at = name is null ? -1 : Array.IndexOf(Names, name);
        kind = at < 0 ? default : (RecordKind)at;
        return at >= 0;
    }
}

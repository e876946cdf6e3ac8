namespace Monitor.Programmes.Definitions;

/// <summary>How much a fault matters.</summary>
public enum FaultLevel
{
    /// <summary>The definition cannot be used.</summary>
    Fault,

    /// <summary>The definition can be used; a person should look.</summary>
    Warning,

    /// <summary>Nothing is wrong; shown so that it is not overlooked (a declared hole of the source, an assumption).</summary>
    Note,
}

/// <summary>Something that <c>check</c> says of a definition.</summary>
/// <param name="Level">How much it matters.</param>
/// <param name="File">The definition's file name as the user gave it.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Field">Path of the key, as <c>index.terms[0].weight</c>.</param>
/// <param name="Text">What is so.</param>
/// <param name="Remedy">What to do; empty for a note.</param>
public sealed record DefinitionFault(FaultLevel Level, string File, int Line, string Field, string Text, string Remedy)
{
    /// <summary>A fault that stopped a reader.</summary>
    public static DefinitionFault Of(Monitor.Domain.InputException e) =>
        new(FaultLevel.Fault, e.File, Math.Max(e.Line, 1), e.Field, e.Fault, e.Remedy);

    /// <summary>File, line, field, text and remedy on one line.</summary>
    public override string ToString() =>
        $"{File}:{Line}{(Field.Length > 0 ? ", " : "")}{Field}: {Text}{(Remedy.Length > 0 ? " " + Remedy : "")}";
}

namespace Monitor.Programmes.Definitions;

/// <summary>
/// Another reading of its own terms that a definition declares, as where the printed text has a misprint: computed beside each
/// judgement, never the result.
/// </summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Label">The same in both languages.</param>
/// <param name="Programme">The programme with its changes; it has no alternatives of its own.</param>
public sealed record AlternativeTerms(string Name, Bilingual Label, RiverProgramme Programme);

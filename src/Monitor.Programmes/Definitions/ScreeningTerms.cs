using Monitor.Rules.Screening;

namespace Monitor.Programmes.Definitions;

/// <summary>Screening limits as a programme names them.</summary>
/// <param name="Version">Their version, recorded with each judgement.</param>
/// <param name="Limits">Limits by measurand; a measurand without any is judged by device status alone.</param>
public sealed record ScreeningTerms(string Version, IReadOnlyDictionary<string, ScreeningLimits> Limits);

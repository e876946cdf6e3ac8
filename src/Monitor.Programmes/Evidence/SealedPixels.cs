using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>What is sealed of the scenes that a judgement rests on: enough to compute their figures again from pixels.</summary>
/// <param name="Programme">The sealed terms.</param>
/// <param name="Bank">The bank, with its outline.</param>
/// <param name="Judged">The judgement.</param>
/// <param name="Readings">The sealed figures, as readings of the satellite sensor.</param>
/// <param name="Scenes">The scenes with the hashes of their files; none where they were sealed before there were such.</param>
public sealed record SealedPixels(
    WetlandProgramme Programme, WetlandBank Bank, LedgerEntry Judged, IReadOnlyList<StoredReading> Readings,
    IReadOnlyList<SceneManifest> Scenes);

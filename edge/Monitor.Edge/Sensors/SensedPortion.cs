using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>Readings that go into the outbox together, and how far the source is when they are in.</summary>
/// <param name="Readings">1 to 500 readings; the outbox numbers them.</param>
/// <param name="Progress">Kept in the same transaction, so that no reading is taken twice or left out.</param>
internal sealed record SensedPortion(IReadOnlyList<Reading> Readings, SourceProgress Progress);

/// <summary>How far a source has been read.</summary>
/// <param name="Lines">Lines of a file taken so far; 0 for a device.</param>
/// <param name="Digest">
/// SHA-256 of them in hex: shows when what was taken has been changed since. Of a device, see <see cref="DeviceMark"/>.
/// </param>
internal sealed record SourceProgress(int Lines, string Digest);

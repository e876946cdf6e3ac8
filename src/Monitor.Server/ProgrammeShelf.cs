using System.Security.Cryptography;
using System.Text;
using Monitor.Programmes.Definitions;

namespace Monitor.Server;

/// <summary>The programmes that a service works by.</summary>
/// <param name="Rivers">River-compensation programmes.</param>
/// <param name="Wetlands">Wetland-bank programmes.</param>
public sealed record ProgrammeShelf(IReadOnlyList<RiverProgramme> Rivers, IReadOnlyList<WetlandProgramme> Wetlands)
{
    /// <summary>No programme: the service takes readings in and judges nothing.</summary>
    public static ProgrammeShelf Empty { get; } = new([], []);

    /// <summary>Other rounds of the river programmes: years are compared by them, nothing is judged by them.</summary>
    public IReadOnlyList<RiverProgramme> Rounds { get; init; } = [];

    /// <summary>
    /// A hash of all texts, 16 lower-case hex digits: what is answered depends on them, and a restart may bring others.
    /// </summary>
    internal string TextsHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(
        ' ', Rivers.Concat(Rounds).SelectMany(r => new[] { r.Text.Sha256, r.Standard.Text.Sha256 })
            .Concat(Wetlands.Select(w => w.Text.Sha256))))))[..16];

    /// <summary>Says on every draft that the data are made up, where they are; null in earnest.</summary>
    public Bilingual? Caution { get; init; }
}

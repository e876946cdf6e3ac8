using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Evidence;

/// <summary>What a river judgement was sealed by.</summary>
/// <param name="Programme">The terms, read from the sealed text.</param>
/// <param name="Section">The section.</param>
/// <param name="Period">The period.</param>
public sealed record SealedRiver(RiverProgramme Programme, RiverSection Section, Period Period);

/// <summary>Takes up the terms that evidence names, from the texts that were sealed with it.</summary>
public static class SealedTerms
{
    /// <summary>Whether the definition is a wetland programme's, and so the judgement a milestone's.</summary>
    public static bool IsMilestone(EvidenceHeader header, Func<string, byte[]> kept) =>
        DefinitionKind.Of(Definition(header, kept)) == WetlandProgrammeReader.Kind;

    /// <summary>The terms of a river judgement.</summary>
    /// <param name="header">The evidence's header.</param>
    /// <param name="kept">Gives the text of a hash; throws where it cannot.</param>
    /// <exception cref="InputException">A text is no definition, or has not what the header names.</exception>
    public static SealedRiver River(EvidenceHeader header, Func<string, byte[]> kept)
    {
        StandardFile standard = StandardFile.Read(new DefinitionText("standard.yaml", kept(header.StandardSha256)));
        RiverProgramme programme = RiverProgrammeReader.Read(Definition(header, kept), _ => standard);
        RiverSection section = programme.FindSection(header.Section)
            ?? throw Absent("section", header.Section);
        return Period.TryParse(header.Period, programme.Zone, out Period? period)
            ? new SealedRiver(programme, section, period)
            : throw Absent("period", header.Period);
    }

    /// <summary>The terms of a milestone's judgement.</summary>
    /// <param name="header">The evidence's header.</param>
    /// <param name="judged">The sealed judgement; its key names the milestone or the part of one.</param>
    /// <param name="kept">Gives the text of a hash; throws where it cannot.</param>
    /// <exception cref="InputException">A text is no definition, or has not what header or key name.</exception>
    public static SealedMilestone Milestone(EvidenceHeader header, LedgerEntry judged, Func<string, byte[]> kept)
    {
        WetlandProgramme programme = WetlandProgrammeReader.Read(Definition(header, kept));
        WetlandBank bank = programme.FindBank(header.Section) ?? throw Absent("bank", header.Section);
        string path = judged.Key.Split('/').ElementAtOrDefault(KeyPartOfMilestone) ?? "";
        MilestonePart part = programme.FindPart(path) ?? throw Absent("milestone", path);
        if (part.Criterion is ByYear)
        {
            MilestonePart wells = programme.Parts.FirstOrDefault(
                p => p.Milestone == part.Milestone && p.Criterion is ByHydrology) ?? throw Absent("part of wells", path);
            return new SealedYear(programme, bank, part, OfWells(programme, bank, wells, header));
        }
        if (part.Criterion is ByHydrology) return OfWells(programme, bank, part, header);
        return DateTimeOffset.TryParse(header.Period, CultureInfo.InvariantCulture, out DateTimeOffset taken)
            ? new SealedScene(programme, bank, part, Instant.From(taken))
            : throw Absent("time of the scene", header.Period);
    }

    private static SealedHydrology OfWells(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, EvidenceHeader header) =>
        int.TryParse(header.Period, NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            ? new SealedHydrology(programme, bank, part, year)
            : throw Absent("year of the season", header.Period);

    // assessment/PROGRAMME/VERSION/BANK/MILESTONE/TIME, and revision/… of the same shape
    private const int KeyPartOfMilestone = 4;

    /// <summary>Which readings a judgement reads: of its section, statistic and period, up to the sealed position.</summary>
    /// <param name="header">The evidence's header.</param>
    /// <param name="judged">The sealed judgement.</param>
    /// <param name="kept">Gives the text of a hash; throws where it cannot.</param>
    /// <exception cref="InputException">A text is no definition, or has not what the header names.</exception>
    public static ReadingQuery Query(EvidenceHeader header, LedgerEntry judged, Func<string, byte[]> kept)
    {
        if (IsMilestone(header, kept)) return Milestone(header, judged, kept).Query(judged, header.Position);
        SealedRiver terms = River(header, kept);
        return new ReadingQuery(
            terms.Section.Id, terms.Programme.Statistic, terms.Section.ReadsFrom(terms.Period), terms.Period.End,
            header.Position);
    }

    private static DefinitionText Definition(EvidenceHeader header, Func<string, byte[]> kept) =>
        new(header.Programme + ".yaml", kept(header.DefinitionSha256));

    private static InputException Absent(string what, string named) => new(
        $"The evidence names the {what} '{named}', which its programme has not.", "Restore the evidence from a backup.");
}

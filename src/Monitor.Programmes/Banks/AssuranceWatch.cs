using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Banks;

/// <summary>An assurance that needs somebody's attention.</summary>
/// <param name="Assurance">Which.</param>
/// <param name="DaysLeft">Days up to and with its last; below 0 where it has expired.</param>
/// <param name="Threshold">The warning it has come to, of <see cref="SaleTerms.AssuranceWarningDays"/>; 0 for expired.</param>
public sealed record AssuranceWarning(Assurance Assurance, int DaysLeft, int Threshold);

/// <summary>Says which of a bank's assurances run out.</summary>
public static class AssuranceWatch
{
    /// <summary>Those that have expired or come to a warning, the nearest first.</summary>
    /// <param name="bank">The bank.</param>
    /// <param name="today">The civil day in the programme's zone.</param>
    public static IReadOnlyList<AssuranceWarning> Of(WetlandBank bank, DateOnly today) =>
        [.. from a in bank.Assurances
            let left = a.Expires.DayNumber - today.DayNumber
            let reached = SaleTerms.AssuranceWarningDays.Where(d => left <= d).ToList()
            where reached.Count > 0
            orderby left
            select new AssuranceWarning(a, left, left < 0 ? 0 : reached.Min())];

    /// <summary>
    /// Why nothing may be reserved or sold; null where every assurance runs and no protection of the site is void.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="today">The civil day in the programme's zone.</param>
    /// <param name="dossier">What was filed, such as that a protection was voided.</param>
    public static string? FaultOfTrade(WetlandProgramme programme, WetlandBank bank, DateOnly today, BankDossier dossier)
    {
        if (FaultOf(bank, today, dossier) is string fault) return fault;
        FiledPart? voided = programme.Compliance.Protection.Select(id => dossier.VoidOn(id, today))
            .FirstOrDefault(v => v is not null);
        return voided is null
            ? null
            : $"the protection {voided.Filing.Instrument} of {bank.Id} is void from {voided.Filing.Day} on "
                + $"(entry {voided.Entry})";
    }

    /// <summary>Why nothing may be released or sold; null where every assurance still runs.</summary>
    /// <param name="bank">The bank.</param>
    /// <param name="today">The civil day in the programme's zone.</param>
    /// <param name="dossier">What was filed, such as that an assurance was voided.</param>
    public static string? FaultOf(WetlandBank bank, DateOnly today, BankDossier dossier)
    {
        if (Of(bank, today).FirstOrDefault(w => w.DaysLeft < 0) is AssuranceWarning over)
        {
            return $"the assurance {over.Assurance.Id} of {bank.Id} expired on {over.Assurance.Expires:yyyy-MM-dd}";
        }
        FiledPart? voided = bank.Assurances.Select(a => dossier.VoidOn(a.Id, today)).FirstOrDefault(v => v is not null);
        return voided is null
            ? null
            : $"the assurance {voided.Filing.Instrument} of {bank.Id} is void from {voided.Filing.Day} on (entry {voided.Entry})";
    }
}

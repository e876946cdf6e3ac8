using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Server.People;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>A field survey as a person hands it in.</summary>
/// <param name="Day">Last civil day of the field work.</param>
/// <param name="Figures">What was found.</param>
/// <param name="Name">The report's name, for people.</param>
/// <param name="Report">The report's bytes; kept in the evidence folder.</param>
public sealed record SurveyFiling(
    DateOnly Day, IReadOnlyList<SurveyFigure> Figures, string Name, ReadOnlyMemory<byte> Report);

/// <summary>What a survey came to.</summary>
/// <param name="Entry">The entry that seals it with its judgement.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Followed">What was sealed in consequence: a yearly judgement, a proposal.</param>
public sealed record SurveyOutcome(LedgerEntry Entry, SurveyStatement Statement, IReadOnlyList<LedgerEntry> Followed);

/// <summary>Takes field surveys, judges them at once and seals both in one signed entry.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where reports and programmes' texts are kept.</param>
/// <param name="clock">Gives the time of sealing.</param>
public sealed class SurveyDesk(ILedgerStore ledger, EvidenceStore evidence, TimeProvider clock)
{
    /// <summary>Files a survey. The same one again is a no-op.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="part">A milestone, or a part of a yearly one, whose criterion is a survey.</param>
    /// <param name="survey">What is handed in.</param>
    /// <param name="who">Who files it.</param>
    /// <exception cref="InputException">
    /// The milestone is not shown by surveys, or its credits are released and the terms look for no regress; the day, a figure
    /// or the report is not one that can be judged; or this person may not.
    /// </exception>
    public SurveyOutcome File(
        WetlandProgramme programme, WetlandBank bank, MilestonePart part, SurveyFiling survey, Signatory who)
    {
        CreditInput.RequireTrader(who.Person);
        BySurvey asked = Require(programme, bank, part, survey);
        FiledDocument report = FiledDocument.Of(survey.Name, survey.Report.Span);
        var statement = new SurveyStatement(programme, bank, part, asked, survey.Day, survey.Figures, report);
        LedgerEntry? filed = ledger.Find(statement.Key);
        if (filed is null)
        {
            // Where the terms look for its regress, a survey of what is released is what shows it.
            bool isClosed = programme.Compliance.Regression is null
                && BankAccounts.Read(ledger, programme, bank).IsReleased(part.Milestone.Id);
            if (isClosed) throw new InputException(
                $"{part.Milestone.Id} of {bank.Id} is released already.", "A survey cannot change that.", field: "MILESTONE");
            evidence.Put(programme.Text.Bytes.Span);
            evidence.Put(survey.Report.Span);
            byte[] body = statement.Write(who.Person, who.Sign);
            filed = ledger.Append(
                statement.Key,
                _ => new LedgerDraft(
                    LedgerKinds.Assessment, statement.Key, SealingDesk.Software, who.Position, report.Sha256, body),
                Instant.From(clock.GetUtcNow()))!;
        }
        // A survey of an earlier day than one that is filed already decides nothing; and who hands in again what another signed
        // has prepared nothing.
        bool isNewest = JudgedParts.Newest(programme, bank, part, ledger.Entries())?.Number == filed.Number;
        LedgerEntry? proposal = isNewest
            ? new PassedMilestones(ledger, clock).Propose(programme, bank, part, filed, PreparedBy.SignerOf(filed))
            : null;
        IReadOnlyList<LedgerEntry> years = new YearFlow(ledger, evidence, clock).JudgeAll(programme, bank);
        return new SurveyOutcome(filed, statement, proposal is null ? years : [proposal, .. years]);
    }

    private BySurvey Require(WetlandProgramme programme, WetlandBank bank, MilestonePart part, SurveyFiling survey)
    {
        if (part.Criterion is not BySurvey asked) throw new InputException(
            $"{part.Path} is shown by {part.Criterion.Kind}, not by a survey.", Surveys(programme), field: "MILESTONE");
        int year = part.Criterion.Stage is int stage ? bank.Monitoring!.YearOf(stage) : survey.Day.Year;
        if (survey.Day.Year != year) throw new InputException(
            $"{part.Path} is of the monitoring year {year}, and the survey of {survey.Day:yyyy-MM-dd}.",
            "File it for the milestone of its own year.", field: "--day");
        if (survey.Day > Period.DayOf(Instant.From(clock.GetUtcNow()), programme.Zone)) throw new InputException(
            $"The survey's day {survey.Day:yyyy-MM-dd} is to come.", "Name the last day of the field work.", field: "--day");
        foreach (IGrouping<string, SurveyFigure> same in survey.Figures.GroupBy(f => f.Measure).Where(g => g.Count() > 1))
        {
            throw Wrong($"The measure '{same.Key}' stands {same.Count()} times.", "Give one figure for each measure.");
        }
        foreach (SurveyFigure figure in survey.Figures)
        {
            SurveyRequirement? required = asked.Requirements.FirstOrDefault(r => r.Measure == figure.Measure);
            if (required is not null && required.Unit != figure.Unit) throw Wrong(
                $"{figure.Measure} is in '{figure.Unit}', and '{required.Unit}' is asked.",
                "Convert it, and say so in the report.");
            if (figure.Plots < 0) throw Wrong($"{figure.Measure} rests on {figure.Plots} plots.", "Count them.");
        }
        return asked;
    }

    private static string Surveys(WetlandProgramme programme)
    {
        string paths = string.Join(", ", programme.Parts.Where(p => p.Criterion is BySurvey).Select(p => p.Path));
        return paths.Length > 0 ? $"Use one of: {paths}." : $"{programme.Id} asks for no survey.";
    }

    private static InputException Wrong(string fault, string remedy) => new(fault, remedy, field: "--figures");
}

using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>The service left alone while a year goes by.</summary>
public sealed class SimulatedYearTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_year_seals_twelve_months_and_the_year_of_each_section_once_and_issues_none()
    {
        RiverProgramme programme = JobYear.Programme(sections: 3);
        var year = new JobYear(programme);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        int periods = 0;
        foreach (Period month in year.Whole.Months())
        {
            await year.SendAsync(service.Server, month);
            Instant closes = programme.Closing!.ClosesAt(month);
            await service.RunToAsync(new Instant(closes.UnixMilliseconds - 60_000));
            Assert.Equal(3 * periods, Drafts(service.Server.Ledger));
            await service.RunToAsync(closes);
            Assert.Equal(3 * ++periods, Drafts(service.Server.Ledger));
        }
        Instant yearCloses = programme.Closing!.ClosesAt(year.Whole);
        await service.RunToAsync(new Instant(yearCloses.UnixMilliseconds - 60_000));
        Assert.Equal(36, Drafts(service.Server.Ledger));
        await service.RunToAsync(yearCloses);
        year.AssertSealed(service.Server.Ledger);
        Assert.Equal(("2026-01-31T16:00:00.000Z", 39L, 0L), State(service.Job("judge/ou-river")));
    }

    [Fact]
    public async Task What_is_sealed_are_the_bytes_of_the_verb_assess()
    {
        RiverProgramme programme = JobYear.Programme(sections: 7);
        var year = new JobYear(programme);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        await year.SendAsync(service.Server);
        await service.JumpToAsync(programme.Closing!.ClosesAt(year.Whole));
        year.AssertSealed(service.Server.Ledger);

        string csv = Path.Combine(_scratch.Root, "year.csv");
        await File.WriteAllTextAsync(csv, year.ToCsv(), Ceiling);
        foreach (string period in new[] { "2025", "2025-02" })
        {
            (int code, string output, _) = await ProgramProcess.RunAsync(
                "monitor", "assess", programme.Text.File, "--readings", csv, "--period", period, "--json");
            Assert.Equal(0, code);
            string[] lines = [.. programme.Sections.Select(s => Encoding.UTF8.GetString(service.Server.Ledger
                .Find($"assessment/ou-river/{programme.Version}/{s.Id}/{period}")!.Body.Span))];
            Assert.Equal(lines, output.TrimEnd('\n').Split('\n'));
        }
    }

    [Fact]
    public async Task Restarts_and_a_clock_that_slept_for_months_change_nothing()
    {
        RiverProgramme programme = JobYear.Programme(sections: 1);
        var year = new JobYear(programme);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        await year.SendAsync(service.Server);
        await service.RunToAsync(programme.Closing!.ClosesAt(Period.OfMonth(2025, 3, programme.Zone)));
        await service.RestartAsync();
        Assert.Equal((3, 0L), (Drafts(service.Server.Ledger), service.Job("judge/ou-river").Done));
        await service.JumpToAsync(Period.OfMonth(2026, 4, programme.Zone).Start);
        await service.RestartAsync();
        await service.RestartAsync();
        year.AssertSealed(service.Server.Ledger);
        // The scheduler's store is not what holds the promise: without it the same is found.
        await service.Server.DisposeAsync();
        File.Delete(Folder.Jobs);
        await service.RestartAsync();
        year.AssertSealed(service.Server.Ledger);
    }

    [Fact]
    public async Task In_a_zone_with_summer_time_the_windows_are_the_civil_months()
    {
        RiverProgramme programme = JobYear.Programme(sections: 1, "Europe/Berlin");
        var year = new JobYear(programme);
        // March has 743 hours there and October 745: 186 four-hourly values, the last of October one hour longer.
        Assert.Equal(743 * 3_600_000L, Length(Period.OfMonth(2025, 3, programme.Zone)));
        Assert.Equal(745 * 3_600_000L, Length(Period.OfMonth(2025, 10, programme.Zone)));
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        await year.SendAsync(service.Server);
        // March closes on 6 April, in summer time; October on 6 November, in winter time.
        foreach ((int month, string closes) in new[] { (3, "2025-04-05T22:00:00.000Z"), (10, "2025-11-05T23:00:00.000Z") })
        {
            Instant at = programme.Closing!.ClosesAt(Period.OfMonth(2025, month, programme.Zone));
            Assert.Equal(closes, at.ToString());
            await service.RunToAsync(new Instant(at.UnixMilliseconds - 60_000));
            Assert.Equal(month - 1, Drafts(service.Server.Ledger));
            await service.RunToAsync(at);
            Assert.Equal(month, Drafts(service.Server.Ledger));
        }
        await service.RunToAsync(programme.Closing!.ClosesAt(year.Whole));
        year.AssertSealed(service.Server.Ledger);
        // Every midnight once: 365 of the year and 31 of January, and the start's own.
        Assert.Equal(365 + 31 + 1, service.Job("judge/ou-river").Runs);
    }

    [Fact]
    public async Task A_reading_that_comes_after_its_month_was_judged_is_counted_and_changes_no_entry()
    {
        RiverProgramme programme = JobYear.Programme(sections: 1);
        var year = new JobYear(programme);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        await year.SendAsync(service.Server, Period.OfMonth(2025, 1, programme.Zone));
        await service.RunToAsync(programme.Closing!.ClosesAt(Period.OfMonth(2025, 1, programme.Zone)));
        LedgerHead before = service.Server.Ledger.Head;
        long noon = year.Whole.Start.UnixMilliseconds + (12 * 3_600_000) + 1;
        ReadingBatch late = SampleBatch.Of(1, [SampleBatch.One(0, noon, "9.99", "w01019")], "late", "boot1", "OJ-01");
        await service.Server.AppendAsync(new BatchArrival(late));
        await service.RunToAsync(programme.Closing!.ClosesAt(Period.OfMonth(2025, 2, programme.Zone)));
        Assert.Equal(before, service.Server.Ledger.Head);

        using var http = new HttpClient();
        using JsonDocument health = JsonDocument.Parse(await http.GetStringAsync(
            new Uri($"http://127.0.0.1:{service.Server.HttpPort}/api/v1/health"), Ceiling));
        Assert.Equal(1, health.RootElement.GetProperty("sinceStart").GetProperty("late").GetInt64());
        JsonElement job = Assert.Single(health.RootElement.GetProperty("jobs").EnumerateArray());
        Assert.Equal("judge/ou-river", job.GetProperty("name").GetString());
        Assert.Equal("2025-03-05T16:00:00.000Z", job.GetProperty("lastRun").GetString());
        Assert.Equal("2025-03-06T16:00:00.000Z", job.GetProperty("nextRun").GetString());
        Assert.Equal(0, job.GetProperty("faults").GetInt64());
    }

    [Fact]
    public async Task A_draft_that_a_kill_cut_off_is_of_the_sealed_judgement_whatever_came_in_since()
    {
        RiverProgramme programme = JobYear.Programme(sections: 1);
        var year = new JobYear(programme);
        RiverSection section = programme.Sections[0];
        Period january = Period.OfMonth(2025, 1, programme.Zone);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        await year.SendAsync(service.Server, january);
        // The first half of what the desk does, as a kill between its two appends leaves it.
        var evidence = new EvidenceStore(Folder.Evidence);
        evidence.Put(programme.Text.Bytes.Span);
        evidence.Put(programme.Standard.Text.Bytes.Span);
        long position = service.Server.Record.LastPosition;
        JudgementInputs inputs = JudgementInputs.Read(
            service.Server.Record, service.Server.Registry, section.Id, programme.Statistic, january, position);
        string hash = evidence.Put(AssessmentEvidence.Write(
            AssessmentEvidence.Header(programme, section.Id, january.Label, position), inputs));
        LedgerEntry begun = service.Server.Ledger.Append(
            new LedgerDraft(
                LedgerKinds.Assessment, $"assessment/ou-river/{programme.Version}/{section.Id}/{january.Label}", "test 1",
                position, hash, year.Assessed(section, january)),
            january.End);
        long noon = january.Start.UnixMilliseconds + 1;
        for (int i = 0; i < 20; i++)
        {
            ReadingBatch more = SampleBatch.Of(
                i + 1, [SampleBatch.One(0, noon + (i * 86_400_000L), "99.9", "w01019")], "late", "boot1", section.Id);
            await service.Server.AppendAsync(new BatchArrival(more));
        }
        await service.RunToAsync(programme.Closing!.ClosesAt(january));
        SealedNotice notice = SealedNotice.Read(Assert.Single(
            service.Server.Ledger.Entries(), e => e.Kind == LedgerKinds.Notice));
        Assert.Equal((begun.Number, begun.Hash, "0.800"), (notice.Assessment, notice.AssessmentHash, notice.Index));
    }

    [Fact]
    public async Task An_empty_record_is_not_judged_and_a_silent_section_is_once_another_speaks()
    {
        RiverProgramme programme = JobYear.Programme(sections: 2);
        var year = new JobYear(programme);
        await using JobService service = await JobService.StartAsync(
            Folder, year.Whole.Start.ToDateTimeOffset(), [programme]);
        Period may = Period.OfMonth(2025, 5, programme.Zone);
        await service.JumpToAsync(may.End);
        Assert.Equal(0, service.Server.Ledger.Head.Entries);
        foreach ((_, ReadingBatch batch) in year.Batches(programme.Sections[0]).Where(b => b.Month.Label == "2025-05"))
        {
            await service.Server.AppendAsync(new BatchArrival(batch));
        }
        // A device whose clock stands at 1970 opens no window.
        ReadingBatch wrong = SampleBatch.Of(1, [SampleBatch.One(0, 0, "1.0", "w01019")], "wrong", "boot1", "OJ-01");
        await service.Server.AppendAsync(new BatchArrival(wrong));
        await service.RunToAsync(Period.OfMonth(2025, 9, programme.Zone).Start);
        Assert.Equal(
            [("OJ-01", "2025-05", false), ("OJ-02", "2025-05", true)],
            service.Server.Ledger.Entries().Where(e => e.Kind == LedgerKinds.Notice).Select(SealedNotice.Read)
                .Select(n => (n.Section, n.Period, n.Direction == "suspended")));
    }

    private static long Length(Period p) => p.End.UnixMilliseconds - p.Start.UnixMilliseconds;

    private static (string LastRun, long Done, long Faults) State(JobState job) =>
        (job.LastRun!.Value.ToString(), job.Done, job.Faults);

    private static int Drafts(ILedgerStore ledger) => ledger.Entries().Count(e => e.Kind == LedgerKinds.Notice);
}

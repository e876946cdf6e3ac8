using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Benchmarks;

/// <summary>
/// Judges a year of every simulated section of a store, or scans the same rows plainly beside it: <c>judge-year DIR
/// [SECTIONS]</c>, <c>scan-year DIR [SECTIONS]</c>. Each on two threads, a process of its own, so that the two peaks of
/// memory can be compared.
/// </summary>
internal static class JudgeYear
{
    private const int Threads = 2;

    internal static int Run(string verb, string[] arguments)
    {
        var folder = new DataFolder(arguments[0]);
        string[] sections = [.. Sections(folder).Take(arguments.Length > 1
            ? int.Parse(arguments[1], CultureInfo.InvariantCulture)
            : int.MaxValue)];
        var watch = Stopwatch.StartNew();
        long rows = verb == "scan-year" ? Scan(folder, sections) : Judge(folder, sections);
        watch.Stop();
        using var process = Process.GetCurrentProcess();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{verb} {sections.Length} sections {rows} rows: {watch.Elapsed.TotalSeconds:0.00} s, processor " +
            $"{process.TotalProcessorTime.TotalSeconds:0.00} s, peak {process.PeakWorkingSet64 / 1_048_576} MiB"));
        return 0;
    }

    private static IReadOnlyList<string> Sections(DataFolder folder)
    {
        using SqliteReadingStore record = SqliteReadingStore.Open(folder.Record, StoreAccess.ReadOnly);
        return record.Sections();
    }

    // The terms of the river programme on made-up sections; the simulated statistic is the instantaneous one.
    private static RiverProgramme Programme(string pipelines)
    {
        DefinitionText Text(string name) => new(name, File.ReadAllBytes(Path.Combine(pipelines, name)));
        StandardFile standard = StandardFile.Read(Text("gb3838-2002.yaml"));
        return RiverProgrammeReader.Read(Text("ou-river.yaml"), _ => standard) with { Statistic = Statistic.Instantaneous };
    }

    private static long Judge(DataFolder folder, string[] sections)
    {
        RiverProgramme programme = Programme(Path.Combine(AppContext.BaseDirectory, "pipelines"));
        Period year = Period.OfYear(2025, programme.Zone);
        using SqliteReadingStore record = SqliteReadingStore.Open(folder.Record, StoreAccess.ReadOnly);
        using SqliteRegistryStore registry = SqliteRegistryStore.Open(folder.Record, StoreAccess.ReadOnly);
        (long rows, long bytes, long position) = (0, 0, record.LastPosition);
        Parallel.ForEach(sections, new ParallelOptions { MaxDegreeOfParallelism = Threads }, id =>
        {
            RiverSection section = programme.Sections[0] with { Id = id };
            JudgementInputs inputs = JudgementInputs.Read(record, registry, id, programme.Statistic, year, position);
            byte[] judged = CanonicalAssessment.Write(RiverJudgement.Assess(programme, section, year, inputs));
            Interlocked.Add(ref rows, inputs.Readings.Count);
            Interlocked.Add(ref bytes, judged.Length);
        });
        return bytes > 0 ? rows : 0;
    }

    // The very rows that a judgement reads, every column taken out of SQLite as a number or a text, and nothing done with them.
    private static long Scan(DataFolder folder, string[] sections)
    {
        (long rows, long sum) = (0, 0);
        Parallel.ForEach(sections, new ParallelOptions { MaxDegreeOfParallelism = Threads }, section =>
        {
            using var connection = new SqliteConnection($"Data Source={folder.Record};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                """
                SELECT r.position, b.source, b.seq, r.series, r.time, r.mantissa, r.scale, r.qualifier, r.status
                FROM batches b INDEXED BY batches_by_section_time CROSS JOIN readings r
                WHERE b.section = $section AND r.position BETWEEN b.first AND b.first + b.readings - 1
                """;
            command.Parameters.AddWithValue("$section", section);
            using SqliteDataReader reader = command.ExecuteReader();
            (long count, long total) = (0, 0);
            while (reader.Read())
            {
                for (int i = 0; i < 8; i++) total += reader.GetInt64(i);
                total += reader.GetString(8).Length;
                count++;
            }
            Interlocked.Add(ref rows, count);
            Interlocked.Add(ref sum, total);
        });
        return sum == 0 ? 0 : rows;
    }
}

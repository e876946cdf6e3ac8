using Monitor.Cli;
using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Server;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Which programmes <c>serve</c> takes, and what the built program does with them when it is killed.</summary>
public sealed class ServedProgrammesTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Without_a_folder_of_programmes_nothing_is_judged() =>
        Assert.Same(ProgrammeShelf.Empty, ProgrammeFolder.Load(Folder, null));

    [Fact]
    public void The_bureaus_own_folder_is_taken_and_the_shipped_ones_only_when_asked_for()
    {
        Copy("ou-river.yaml", "ours.yaml");
        ProgrammeShelf own = ProgrammeFolder.Load(Folder, null);
        Assert.Equal(Path.Combine(Folder.Pipelines, "ours.yaml"), Assert.Single(own.Rivers).Text.File);
        Assert.Empty(own.Wetlands);
        Assert.Null(own.Caution);
        Assert.Single(ProgrammeFolder.Load(Folder, "shipped").Wetlands);
    }

    [Fact]
    public void On_a_folder_of_the_demonstration_every_draft_says_that_its_data_are_made_up()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Root, "demo"));
        ProgrammeShelf shelf = ProgrammeFolder.Load(Folder, null);
        Assert.Single(shelf.Rivers);
        Assert.NotNull(shelf.Caution);
        Assert.NotNull(ProgrammeFolder.Load(Folder, "shipped").Caution);
    }

    [Fact]
    public void Two_files_of_one_programme_are_refused()
    {
        Copy("ou-river.yaml", "a.yaml");
        Copy("ou-river.yaml", "b.yaml");
        InputException fault = Assert.Throws<InputException>(() => ProgrammeFolder.Load(Folder, null));
        Assert.EndsWith("b.yaml", fault.File, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ProgrammeFolder.Load(Folder, "no-such-folder"));
    }

    [Fact]
    public async Task A_round_that_cannot_be_read_is_left_out_and_the_rest_is_served()
    {
        Copy("ou-river.yaml", "ou-river.yaml");
        string families = Directory.CreateDirectory(Path.Combine(Folder.Pipelines, "families")).FullName;
        string shipped = Path.Combine(DefinitionFiles.ShippedFolder, "families", "ou-river-2021.yaml");
        File.Copy(shipped, Path.Combine(families, "ou-river-2021.yaml"));
        string text = await File.ReadAllTextAsync(shipped, TestContext.Current.CancellationToken);
        foreach ((string name, string put) in new[]
        {
            ("foreign.yaml", "kind: river-compensation\nprogramme: elsewhere\n"),
            ("half.yaml", "kind: river-compensation\nprogramme: [ou-\n"),
            ("faulty.yaml", text[..(text.Length / 2)]),
            ("same.yaml", text),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(families, name), put, TestContext.Current.CancellationToken);
        }
        using var warnings = new StringWriter();
        ProgrammeShelf shelf = ProgrammeFolder.Load(Folder, null, warnings);
        Assert.Equal(Path.Combine(families, "ou-river-2021.yaml"), Assert.Single(shelf.Rounds).Text.File);
        string errors = warnings.ToString();
        Assert.DoesNotContain("foreign.yaml", errors, StringComparison.Ordinal);
        Assert.All(["half.yaml", "faulty.yaml", "same.yaml"], f => Assert.Contains(f, errors, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_again_and_again_while_it_judges_it_seals_every_draft_once()
    {
        RiverProgramme programme = JobYear.Programme(sections: 7);
        var year = new JobYear(programme);
        await using (MonitorServer filling = await MonitorServer.StartAsync(
            new MonitorServerOptions { Folder = Folder, HttpPort = 0, MqttPort = 0 }, TestContext.Current.CancellationToken))
        {
            await year.SendAsync(filling);
        }
        Copy("ou-river.yaml", "ou-river.yaml");
        // 7 × 13 drafts, each an assessment and a notice: killed after some 30, some 90, then left to end.
        foreach (long entries in new long[] { 30, 90, 2 * 7 * 13 })
        {
            (ProgramProcess process, _) = await ProgramProcess.ServeAsync(Folder);
            using (process)
            {
                await GrowAsync(entries);
                process.Kill();
                await process.ExitAsync();
            }
        }
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Folder);
        year.AssertSealed(ledger);
    }

    // The ledger as another process sees it grow; asked again each time the file of its head is replaced.
    private async Task GrowAsync(long entries)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_scratch.Root, Path.GetFileName(Folder.Head)) { EnableRaisingEvents = true };
        void Look()
        {
            using SqliteLedgerStore ledger = SqliteLedgerStore.Open(Folder, StoreAccess.ReadOnly);
            if (ledger.Head.Entries >= entries) reached.TrySetResult();
        }
        watcher.Renamed += (_, _) => Look();
        Look();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private void Copy(string shipped, string name)
    {
        Directory.CreateDirectory(Folder.Pipelines);
        File.Copy(Path.Combine(DefinitionFiles.ShippedFolder, shipped), Path.Combine(Folder.Pipelines, name));
    }
}

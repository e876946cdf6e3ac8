using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Jobs;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>A served folder with registered persons who have passwords, and drafts that wait; its clock stands still.</summary>
internal sealed class PeopleFolder : IAsyncDisposable
{
    public const string Password = "upstream and downstream";

    private readonly TempFolder scratch = new();
    private readonly Dictionary<string, string> keys = [];

    private PeopleFolder() { }

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 1, 0, 0, TimeSpan.Zero);

    /// <summary>What is served after the next start.</summary>
    public ProgrammeShelf Programmes { get; set; } = ProgrammeShelf.Empty;

    public SimulatedClock Clock { get; } = new(Start);

    public MonitorServer Server { get; private set; } = null!;

    public DataFolder Folder => new(scratch.Root);

    public PersonRegister Register => new(Server.Registry, Clock);

    public SqliteAccountStore OpenAccounts() => SqliteAccountStore.Open(Folder.People);

    public string KeyFile(string name) => scratch[keys[name]];

    public static async Task<PeopleFolder> StartAsync()
    {
        var folder = new PeopleFolder();
        await folder.StartServerAsync();
        folder.Add("甲", PersonRole.Reviewer);
        folder.Add("丁", PersonRole.Reviewer);
        folder.Add("乙", PersonRole.Approver);
        folder.Add("方", PersonRole.Sponsor);
        return folder;
    }

    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        await StartServerAsync();
    }

    public PageVisitor Visit() => new(Server.HttpPort);

    /// <summary>A visitor who is signed in.</summary>
    public async Task<PageVisitor> VisitAsync(string person)
    {
        PageVisitor visitor = Visit();
        Assert.Equal(System.Net.HttpStatusCode.OK, await visitor.SignInAsync(person, Password));
        return visitor;
    }

    /// <summary>Seals the draft of a year without any reading, which is suspended and decided all the same.</summary>
    public LedgerEntry Draft(int section = 0, string period = "2025")
    {
        RiverProgramme programme = JobYear.Programme(2);
        var evidence = new EvidenceStore(Folder.Evidence);
        Assert.True(Period.TryParse(period, programme.Zone, out Period? judged));
        RiverAssessment assessment = RiverJudgement.Assess(
            programme, programme.Sections[section], judged, new JudgementInputs([], []));
        new SealingDesk(Server.Ledger, evidence, Folder, Clock).Seal(
            assessment, new JudgementInputs([], []), position: 0, new Bilingual("演示", "Demonstration"));
        return Server.Ledger.At(Server.Ledger.Head.Entries)!;
    }

    /// <summary>An award that a person proposes.</summary>
    public LedgerEntry Award(string person)
    {
        using Signatory who = Signatory.Open(KeyFile(person), Register);
        return new BankDesk(Server.Ledger, new EvidenceStore(Folder.Evidence), Clock)
            .ProposeAward(BankFolder.Programme, BankFolder.Bank, who);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        scratch.Dispose();
    }

    private async Task StartServerAsync() => Server = await MonitorServer.StartAsync(
        new MonitorServerOptions { Folder = Folder, HttpPort = 0, MqttPort = 0, Clock = Clock, Programmes = Programmes },
        TestContext.Current.CancellationToken);

    private void Add(string name, PersonRole role)
    {
        keys[name] = $"{keys.Count}.pem";
        Register.Add(new Person(name, role, PersonKeyFile.Make(KeyFile(name))));
        using SqliteAccountStore accounts = OpenAccounts();
        using var key = PersonKeyFile.Read(KeyFile(name));
        new AccountDesk(accounts, Register, Clock).Lock(key, name, Password);
    }
}

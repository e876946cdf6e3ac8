namespace Monitor.Dashboard.Tests;

/// <summary>
/// <c>monitor serve</c> on a copy of the demonstration's folder: its clock judges the months, whose drafts wait, and its two
/// persons have passwords. One for each test, since decisions stay.
/// </summary>
public sealed class DecidingService : ServedFolder
{
    /// <summary>Of both persons.</summary>
    public const string Password = "upstream and downstream";

    /// <summary>Decides first: a reviewer.</summary>
    public const string Reviewer = "示例审批人甲";

    /// <summary>Decides second: an approver.</summary>
    public const string Approver = "示例审批人乙";

    private readonly string _demo;

    private DecidingService(string demo) : base("serve", "--port", "0", "--mqtt-port", "0") => _demo = demo;

    public static async Task<DecidingService> StartAsync(DemoService demo)
    {
        var service = new DecidingService(demo.Folder);
        await service.InitializeAsync();
        return service;
    }

    protected override async Task PrepareAsync()
    {
        // The demonstration is done and stays up for its page: nothing writes there while this reads.
        foreach (string file in Directory.EnumerateFiles(_demo, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(_demo, file);
            bool isRunning = name is "endpoints.json" or "serve.lock" || name.EndsWith("-shm", StringComparison.Ordinal)
                || name.StartsWith("people.db", StringComparison.Ordinal);
            if (isRunning) continue;
            string copy = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        string keys = Path.Combine(Folder, "demo", "keys");
        foreach ((string person, string key) in new[] { (Reviewer, "reviewer.pem"), (Approver, "approver.pem") })
        {
            await RunAsync(Password, "user", "password", person, "--key", Path.Combine(keys, key), "--password-stdin");
        }
    }
}

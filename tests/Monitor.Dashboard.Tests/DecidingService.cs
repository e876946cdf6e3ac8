namespace Monitor.Dashboard.Tests;

/// <summary>
/// <c>monitor serve</c> on a copy of the demonstration's folder, where the water use of three sections was corrected after
/// their notices: supplements over 8,000,000 yuan wait, and the two persons have passwords.
/// </summary>
/// <param name="demo">The demonstration.</param>
public sealed class DecidingService(DemoService demo) : ServedFolder("serve", "--port", "0", "--mqtt-port", "0")
{
    /// <summary>Of both persons.</summary>
    public const string Password = "upstream and downstream";

    /// <summary>Decides first: a reviewer.</summary>
    public const string Reviewer = "示例审批人甲";

    /// <summary>Decides second: an approver.</summary>
    public const string Approver = "示例审批人乙";

    protected override async Task PrepareAsync()
    {
        // The demonstration is done and stays up for its page: nothing writes there while this reads.
        foreach (string file in Directory.EnumerateFiles(demo.Folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(demo.Folder, file);
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
        // 松阳—莲都 was undecided, 龙泉—云和 and 莲都—青田 owed nothing: upstream's 8,000,000 are the difference.
        foreach (string section in new[] { "OJ-02", "OJ-03", "OJ-06" })
        {
            await RunAsync(
                "", "review", $"{section}/water-use", "--from", "2025-01-01T00:00:00+08:00", "--to",
                "2026-01-01T00:00:00+08:00", "--correct", "90000000", "--reason", "年报更正", "--key",
                Path.Combine(keys, "reviewer.pem"));
            await RunAsync("", "revise", section, "2025");
        }
    }
}

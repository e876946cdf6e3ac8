using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary><c>user</c>, <c>bank</c>, <c>approve</c>, <c>reject</c>, as a script sees them.</summary>
public sealed class DecisionVerbTests : IDisposable
{
    private readonly TempFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_person_is_registered_with_a_key_that_only_its_owner_can_read_and_that_is_never_written_over()
    {
        Assert.Equal(0, (await Run("user", "add", "甲", "--role", "reviewer", "--new-key", Key("a"))).Code);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key("a")));
        }
        string pem = await File.ReadAllTextAsync(Key("a"), TestContext.Current.CancellationToken);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", pem, StringComparison.Ordinal);

        await AssertRefused("never written over", "user", "add", "乙", "--role", "approver", "--new-key", Key("a"));
        await AssertRefused("is registered already", "user", "add", "甲", "--role", "approver", "--new-key", Key("b"));
        await AssertRefused("is no role", "user", "add", "乙", "--role", "king", "--new-key", Key("b"));
        await AssertRefused(
            "cannot be a person's name", "user", "add", "a/b", "--role", "sponsor", "--new-key", Key("b"));
        Assert.False(File.Exists(Key("b")));

        Assert.Equal(0, (await Run("user", "revoke", "甲", "--reason", "调离")).Code);
        using JsonDocument listed = JsonDocument.Parse((await Run("user", "list", "--json")).Output);
        Assert.Equal(("甲", "reviewer", true), (
            listed.RootElement.GetProperty("person").GetString(), listed.RootElement.GetProperty("role").GetString(),
            listed.RootElement.GetProperty("revoked").GetBoolean()));
        await AssertRefused("Nobody called '甲'", "user", "revoke", "甲", "--reason", "again");
    }

    [Fact]
    public async Task A_bank_is_awarded_and_a_milestone_released_by_two_persons_on_the_command_line()
    {
        await Run("user", "add", "甲", "--role", "reviewer", "--new-key", Key("a"));
        await Run("user", "add", "乙", "--role", "approver", "--new-key", Key("b"));
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key("s"));
        string paper = scratch.File("easement.txt");
        await File.WriteAllTextAsync(paper, "地役权登记", TestContext.Current.CancellationToken);

        Assert.Contains("Entry 1 proposes the award of 90.6666 ha-score (open)",
            (await Run("bank", "award", "jiulong", "--key", Key("s"))).Output, StringComparison.Ordinal);
        await AssertRefused("registered as sponsor and cannot decide", "approve", "1", "--key", Key("s"));
        Assert.Contains("One more person must approve",
            (await Run("approve", "1", "--key", Key("a"))).Output, StringComparison.Ordinal);
        Assert.Contains("nothing to do",
            (await Run("approve", "1", "--key", Key("a"))).Output, StringComparison.Ordinal);
        Assert.Contains("Sealed as entry 4: award",
            (await Run("approve", "1", "--key", Key("b"))).Output, StringComparison.Ordinal);
        await AssertRefused("is decided", "reject", "1", "--key", Key("b"), "--reason", "too late");

        string[] filing = ["bank", "file", "jiulong", "easement", "--document", paper, "--key", Key("s")];
        Assert.Equal(0, (await Run(filing)).Code);
        await Run("approve", "6", "--key", Key("b"));
        using JsonDocument decided = JsonDocument.Parse(
            (await Run("approve", "6", "--key", Key("a"), "--json")).Output);
        Assert.Equal(("done", 9), (
            decided.RootElement.GetProperty("state").GetString(),
            decided.RootElement.GetProperty("sealed")[0].GetInt32()));

        using JsonDocument shown = JsonDocument.Parse((await Run("bank", "show", "jiulong", "--json")).Output);
        Assert.Equal(("90.6666", "13.5999"), (
            shown.RootElement.GetProperty("awarded").GetString(),
            shown.RootElement.GetProperty("released").GetString()));
        Assert.Equal(0, (await Run("ledger", "verify")).Code);
    }

    [Fact]
    public async Task What_cannot_be_decided_ends_with_2_and_says_why()
    {
        await AssertRefused("There is no record", "approve", "1", "--key", Key("a"));
        await Run("user", "add", "甲", "--role", "reviewer", "--new-key", Key("a"));
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key("s"));
        await Run("bank", "award", "jiulong", "--key", Key("s"));
        await AssertRefused("There is no entry 7", "approve", "7", "--key", Key("a"));
        await AssertRefused("The reason is empty", "reject", "1", "--key", Key("a"), "--reason", " ");
        await AssertRefused("The key cannot be read", "approve", "1", "--key", Key("nobody"));
        await File.WriteAllTextAsync(Key("x"), "no key", TestContext.Current.CancellationToken);
        await AssertRefused("no private key of ECDSA P-256", "approve", "1", "--key", Key("x"));
        await AssertRefused("There is no bank 'nowhere'", "bank", "show", "nowhere");
        await AssertRefused("There is no milestone 'moon'",
            "bank", "file", "jiulong", "moon", "--document", Key("x"), "--key", Key("s"));
        Assert.Equal(0, (await Run("reject", "1", "--key", Key("a"), "--reason", "面积未核")).Code);
        await AssertRefused("was rejected by 甲", "approve", "1", "--key", Key("a"));
    }

    private string Key(string name) => scratch.File(name + ".pem");

    private async Task AssertRefused(string message, params string[] arguments)
    {
        (int code, _, string errors) = await Run(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Errors)> Run(params string[] arguments) =>
        ProgramProcess.RunAsync("monitor", [.. arguments, "--data", scratch.File("data")]);
}

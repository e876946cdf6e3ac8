using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

/// <summary><c>user add --password-stdin</c> and <c>user password</c>, as a script sees them.</summary>
public sealed class UserVerbTests : IDisposable
{
    private const string First = "a long pass phrase", Second = "another pass phrase";

    private readonly TempFolder scratch = new();

    private DataFolder Folder => new(scratch["data"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_person_may_have_a_key_file_an_account_or_both_and_not_neither()
    {
        await AssertDone([First], "user", "add", "甲", "--role", "reviewer", "--password-stdin");
        await AssertDone([First], "user", "add", "乙", "--role", "approver", "--password-stdin", "--new-key", scratch["b.pem"]);
        await AssertDone([], "user", "add", "方", "--role", "sponsor", "--new-key", scratch["s.pem"]);
        await AssertRefused("--password", [], "user", "add", "丁", "--role", "reviewer");
        Assert.Equal([("甲", true), ("乙", true), ("方", false)], await ListAsync());
        Assert.Equal(["b.pem", "s.pem"], scratch.Names);
    }

    [Fact]
    public async Task A_password_that_will_not_do_leaves_no_person_no_key_and_no_account()
    {
        await AssertRefused(
            "12 to 128", ["short"], "user", "add", "甲", "--role", "reviewer", "--password-stdin", "--new-key", scratch["a.pem"]);
        await AssertRefused("Stdin ended", [], "user", "add", "甲", "--role", "reviewer", "--password-stdin");
        Assert.Empty(scratch.Names);
        Assert.Empty(await ListAsync());
        using SqliteAccountStore accounts = SqliteAccountStore.Open(Folder.People, StoreAccess.ReadOnly);
        Assert.Empty(accounts.All());
    }

    [Fact]
    public async Task A_password_is_changed_by_the_former_one_or_set_with_the_key_and_by_nothing_else()
    {
        await AssertDone([], "user", "add", "甲", "--role", "reviewer", "--new-key", scratch["a.pem"]);
        await AssertDone([], "user", "add", "乙", "--role", "approver", "--new-key", scratch["b.pem"]);
        await AssertRefused("has no account yet", [First, Second], "user", "password", "甲", "--password-stdin");
        await AssertRefused(
            "not the key of 甲", [First], "user", "password", "甲", "--key", scratch["b.pem"], "--password-stdin");
        await AssertDone([First], "user", "password", "甲", "--key", scratch["a.pem"], "--password-stdin");
        await AssertRefused("former password is another", [Second, First], "user", "password", "甲", "--password-stdin");
        await AssertDone([First, Second], "user", "password", "甲", "--password-stdin");
        await AssertRefused("former password is another", [First, Second], "user", "password", "甲", "--password-stdin");
        await AssertRefused("Nobody called '丁'", [First], "user", "password", "丁", "--password-stdin");
        Assert.Equal([("甲", true), ("乙", false)], await ListAsync());
    }

    [Fact]
    public async Task Who_is_revoked_has_no_account_any_more()
    {
        await AssertDone([First], "user", "add", "甲", "--role", "reviewer", "--password-stdin");
        await AssertDone([], "user", "revoke", "甲", "--reason", "调离");
        Assert.Equal([("甲", false)], await ListAsync());
        await AssertRefused("Nobody called '甲'", [First, Second], "user", "password", "甲", "--password-stdin");
    }

    [Fact]
    public async Task Without_a_terminal_a_password_is_not_asked_for()
    {
        await AssertRefused("no terminal", [First], "user", "add", "甲", "--role", "reviewer", "--password");
        Assert.Empty(await ListAsync());
    }

    private async Task AssertDone(string[] lines, params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync(lines, arguments);
        Assert.True(code == 0, output + errors);
        Assert.DoesNotContain(lines, line => (output + errors).Contains(line, StringComparison.Ordinal));
    }

    private async Task AssertRefused(string message, string[] lines, params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync(lines, arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => errors.Contains(line, StringComparison.Ordinal));
    }

    private async Task<(string Person, bool Account)[]> ListAsync()
    {
        (int code, string output, string errors) = await RunAsync([], "user", "list", "--json");
        Assert.True(code == 0, errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return (json.RootElement.GetProperty("person").GetString()!, json.RootElement.GetProperty("account").GetBoolean());
        })];
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(string[] lines, params string[] arguments) =>
        ProgramProcess.RunWithAsync("monitor", lines, [.. arguments, "--data", Folder.Root]);
}

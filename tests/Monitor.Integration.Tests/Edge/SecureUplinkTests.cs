using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Integration.Tests.Support;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>
/// The program with passwords, TLS and a certificate of its own, at a real Mosquitto; and what it says where one of them
/// is wrong.
/// </summary>
public sealed class SecureUplinkTests : IDisposable
{
    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_its_certificate_and_key_the_agent_is_let_in_and_its_batches_arrive_signed_and_chained()
    {
        Authority();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, Stop, $"""
            cafile {folder.File("ca.pem")}
            certfile {folder.File("server.pem")}
            keyfile {folder.File("server.key")}
            require_certificate true
            use_identity_as_username true
            """);
        List<ReadingBatch> arrived = [];
        await broker.SubscribeAsync(line => arrived.Add(EdgeFolder.Decode(System.Text.Encoding.UTF8.GetBytes(line))), Stop,
            "--cafile", folder.File("ca.pem"), "--cert", folder.File("A.pem"), "--key", folder.File("A.key"));
        (int made, string publicKey, _) =
            await ProgramProcess.RunAsync("monitor-edge", "keygen", "--out", folder.File("sign.key"));
        folder.WriteRows(100);
        // Names of files in the file are meant from its own folder.
        File.WriteAllText(folder.File("agent.json"), string.Create(CultureInfo.InvariantCulture, $$"""
            {"agent":"A","section":"S","server":"localhost:{{broker.Port}}","outbox":"outbox.db","replay":"readings.csv",
             "ca":"ca.pem","cert":"A.pem","cert-key":"A.key","sign-key":"sign.key","batch":10,"until-drained":true}
            """));

        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor-edge", "--config", folder.File("agent.json"));

        Assert.Equal(0, made);
        Assert.True(code == 0, errors);
        Assert.Contains("\"published\":100,\"acknowledged\":100", output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("sign.key")));
        }
        byte[] key = Convert.FromBase64String(publicKey);
        ReadingBatch[] batches = [.. folder.Batches()];
        Assert.Equal(10, batches.Length);
        string? former = null;
        foreach (ReadingBatch batch in batches)
        {
            Assert.Equal(SignatureVerdict.Holds, EnvelopeSeal.CheckSignature(batch, key));
            Assert.Equal(former is null ? LinkVerdict.First : LinkVerdict.Holds, EnvelopeSeal.CheckLink(batch, former));
            former = EnvelopeSeal.HashOf(batch.Payload.Span);
        }
    }

    [Fact]
    public async Task A_server_whose_certificate_another_authority_signed_gets_nothing()
    {
        Authority();
        Certificate("stranger", null);
        using Mosquitto broker = await Mosquitto.StartAsync(folder, Stop, $"""
            certfile {folder.File("server.pem")}
            keyfile {folder.File("server.key")}
            """);
        using ProgramProcess process = ProgramProcess.Start("monitor-edge",
        [
            "run", "--agent", "A", "--section", "S", "--server", $"localhost:{broker.Port}", "--outbox", folder.Outbox,
            "--replay", folder.WriteRows(1), "--ca", folder.File("stranger.pem"),
        ], awaitedLine: $"monitor-edge: localhost:{broker.Port}: The remote certificate");

        Assert.True(await process.IsUpAsync(), process.Errors);
        process.Terminate();
        await process.ExitAsync();

        Assert.Equal(1, Outbox.Look(folder.Outbox).Pending);
    }

    [Theory]
    [InlineData("river", 0)]
    [InlineData("lake", 3)]
    public async Task A_password_lets_the_agent_in_or_ends_the_run_with_what_to_do(string password, int expected)
    {
        File.WriteAllText(folder.File("passwords"), "A:river\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("passwords"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        using (Process hash = Process.Start("mosquitto_passwd", ["-U", folder.File("passwords")]))
        {
            await hash.WaitForExitAsync(Stop);
        }
        using Mosquitto broker = await Mosquitto.StartAsync(folder, Stop, $"""
            allow_anonymous false
            password_file {folder.File("passwords")}
            """);
        await broker.SubscribeAsync(_ => { }, Stop, "-u", "A", "-P", "river");
        File.WriteAllText(folder.File("password"), password + "\n");

        (int code, _, string errors) = await ProgramProcess.RunAsync(
            "monitor-edge", "run", "--agent", "A", "--section", "S", "--server", $"127.0.0.1:{broker.Port}",
            "--outbox", folder.Outbox, "--replay", folder.WriteRows(5), "--username", "A",
            "--password-file", folder.File("password"), "--until-drained");

        Assert.True(code == expected, errors);
        if (code == 0) return;
        Assert.Contains("see its user name and password", errors, StringComparison.Ordinal);
        Assert.Equal(5, Outbox.Look(folder.Outbox).Pending);
    }

    // One key of the file is replaced; the exit code is 2, and the message names the place.
    [Theory]
    [InlineData("\"tls\":[true]", "agent.json, tls: the value is neither a text, a number nor true or false.")]
    [InlineData("\"colour\":\"blue\"", "agent.json, colour: the key is unknown. Known are agent, section,")]
    [InlineData("\"ca\":\"none.pem\"", "none.pem, --ca: the file cannot be read.")]
    [InlineData("\"ca\":\"agent.json\"", "agent.json, --ca: the file holds no certificate.")]
    [InlineData("\"cert\":\"A.pem\"", "--cert-key: a certificate and its key go together.")]
    [InlineData("\"sign-key\":\"agent.json\"", "the file holds no private key. Make one with: monitor-edge keygen")]
    [InlineData("\"password\":\"x\"", "--username: a password is given and no user name.")]
    [InlineData("\"acknowledge\":\"never\"", "'never' is neither puback nor receipt.")]
    [InlineData("\"outbox-max\":0", "agent.json, outbox-max: '0' is no whole number in range.")]
    [InlineData("\"keep-alive\":1.5", "agent.json, keep-alive: '1.5' is no whole number in range.")]
    public async Task A_wrong_configuration_is_named_with_its_place_and_a_remedy(string pair, string named)
    {
        folder.WriteRows(1);
        File.WriteAllText(folder.File("agent.json"), $$"""
            {"agent":"A","section":"S","server":"127.0.0.1:1","outbox":"outbox.db","replay":"readings.csv",{{pair}}}
            """);

        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor-edge", $"--config={folder.File("agent.json")}");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_never_overwritten()
    {
        string file = folder.File("sign.key");
        Assert.Equal(0, (await ProgramProcess.RunAsync("monitor-edge", "keygen", "--out", file)).Code);
        string first = File.ReadAllText(file);

        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor-edge", "keygen", "--out", file);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("a key is never overwritten", errors, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllText(file));
    }

    // An authority, a server by the name localhost, and the agent A.
    private void Authority()
    {
        using X509Certificate2 authority = Certificate("ca", null);
        Certificate("server", authority).Dispose();
        Certificate("A", authority).Dispose();
    }

    private X509Certificate2 Certificate(string name, X509Certificate2? authority)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string subject = name == "server" ? "CN=localhost" : $"CN={name}";
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow(), from = now.AddDays(-1);
        DateTimeOffset to = now.AddDays(authority is null ? 2 : 1);
        using X509Certificate2 made = authority is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(authority, from, to, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(folder.File(name + ".pem"), made.ExportCertificatePem());
        File.WriteAllText(folder.File(name + ".key"), key.ExportPkcs8PrivateKeyPem());
        return X509Certificate2.CreateFromPem(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

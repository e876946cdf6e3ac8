using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Server.Intake.Broker;

namespace Monitor.Cli;

/// <summary>
/// The key <c>broker</c> of the service's settings: a broker of somebody else's, as Mosquitto or EMQX, that agents publish
/// to. Agents then wait for receipts (<c>acknowledge: receipt</c>).
/// </summary>
/// <param name="Address"><c>HOST:PORT</c>.</param>
/// <param name="Tls">Whether TLS is spoken; a certificate or an authority says so too.</param>
/// <param name="Authority">Authority of the broker's certificate, PEM; the system's when left out.</param>
/// <param name="Certificate">The intake's own certificate, PEM.</param>
/// <param name="Key">Its private key, PEM.</param>
/// <param name="User">User name.</param>
/// <param name="PasswordFile">File that holds the password, in its first line.</param>
/// <param name="ClientId">Client id; needed where two services without a share use one broker.</param>
/// <param name="Share">Which of several services this is; left out where it is the only one.</param>
/// <param name="Silence">Seconds without a message after which the connection is made anew; 900 when left out.</param>
/// <param name="RetryMax">Longest wait in seconds between two attempts to reach the broker; 30 when left out.</param>
internal sealed record BrokerSettings(
    string? Address, bool? Tls, string? Authority, string? Certificate, string? Key, string? User, string? PasswordFile,
    string? ClientId, BrokerShareSettings? Share, int? Silence, int? RetryMax)
{

    /// <summary>The broker.</summary>
    /// <param name="folder">Folder that paths are relative to.</param>
    /// <param name="file">The settings' file, for messages.</param>
    /// <exception cref="InputException">A key is missing or will not do.</exception>
    internal BrokerOptions ToOptions(string folder, string file)
    {
        (string host, int port) = HostAndPort(file);
        if (Certificate is null != Key is null) throw new InputException(
            "A certificate and its key go together.", "Name both, in PEM.", file, 0,
            Certificate is null ? "broker.certificate" : "broker.key");
        if (User is null && PasswordFile is not null) throw new InputException(
            "A password is of no use without a user.", "Name the user too.", file, 0, "broker.user");
        if (ClientId is not null && !Identifier.IsValid(ClientId)) throw new InputException(
            $"'{ClientId}' is no id.", $"Use 1 to {Identifier.LengthMax} of A-Z a-z 0-9 _ -.", file, 0, "broker.clientId");
        bool speaksTls = Tls == true || Authority is not null || Certificate is not null;
        if (Tls == false && speaksTls) throw new InputException(
            "It says no TLS, and names what only TLS uses.", "Leave out one of the two.", file, 0, "broker.tls");
        return new BrokerOptions
        {
            Host = host,
            Port = port,
            Tls = !speaksTls ? null : new BrokerTls
            {
                AuthorityFile = In(folder, Authority), CertificateFile = In(folder, Certificate), KeyFile = In(folder, Key),
            },
            User = User,
            Password = PasswordFile is null ? null : SecretFile.Read(Path.GetFullPath(PasswordFile, folder), "password"),
            ClientId = ClientId,
            Share = Share?.ToShare(file) ?? BrokerShare.Whole,
            SilenceMax = Seconds(Silence ?? 900, 10, 86_400, file, "broker.silence"),
            RetryMax = Seconds(RetryMax ?? 30, 1, 600, file, "broker.retryMax"),
        };
    }

    private static TimeSpan Seconds(int seconds, int least, int most, string file, string key) =>
        least <= seconds && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw new InputException($"{seconds} will not do.", $"Write seconds, {least} to {most}.", file, 0, key);

    private (string Host, int Port) HostAndPort(string file)
    {
        int colon = Address?.LastIndexOf(':') ?? -1;
        bool isNamed = colon > 0
            && int.TryParse(Address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            && port is > 0 and <= ushort.MaxValue;
        if (!isNamed) throw new InputException(
            $"'{Address}' is no address.", "Write HOST:PORT, as mqtt.example.org:8883.", file, 0, "broker.address");
        // An IPv6 address stands in brackets before its port.
        return (Address![..colon].Trim('[', ']'), int.Parse(Address.AsSpan(colon + 1), CultureInfo.InvariantCulture));
    }

    private static string? In(string folder, string? named) => named is null ? null : Path.GetFullPath(named, folder);
}

/// <summary>Which of several services this is.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Of">How many there are.</param>
internal sealed record BrokerShareSettings(int Index, int Of)
{
    /// <summary>The share.</summary>
    /// <exception cref="InputException">There is no such share.</exception>
    internal BrokerShare ToShare(string file) => Of is >= 1 and <= BrokerShare.OfMax && Index >= 0 && Index < Of
        ? new BrokerShare(Index, Of)
        : throw new InputException($"There is no share {Index} of {Of}.",
            $"Write {{\"index\":0,\"of\":2}}: of from 1 to {BrokerShare.OfMax}, index from 0 and below it.", file, 0,
            "broker.share");
}

using System.Net;
using Monitor.Domain;
using Monitor.Server.Intake;

namespace Monitor.Cli;

/// <summary>
/// The key <c>tls</c> of the service's settings: the door for agents beyond this machine. Without it there is none, and
/// MQTT is open on the loopback only.
/// </summary>
/// <param name="Certificate">The server's certificate with its chain, PEM.</param>
/// <param name="Key">Its private key, PEM, without a pass phrase.</param>
/// <param name="AgentAuthority">Authority of agents' own certificates, PEM; left out for passwords only.</param>
/// <param name="Address">Address to listen on; <c>0.0.0.0</c> for all; 127.0.0.1 when left out.</param>
/// <param name="Port">Port; 8883 when left out, 0 for any free one.</param>
internal sealed record AgentDoorSettings(string? Certificate, string? Key, string? AgentAuthority, string? Address, int? Port)
{
    /// <summary>The door.</summary>
    /// <param name="folder">Folder that paths are relative to.</param>
    /// <param name="file">The settings' file, for messages.</param>
    /// <exception cref="InputException">Certificate or key are not named, or the address is none.</exception>
    internal IntakeTls ToTls(string folder, string file)
    {
        var tls = new IntakeTls
        {
            CertificateFile = Path.GetFullPath(Required(Certificate, "tls.certificate", file), folder),
            KeyFile = Path.GetFullPath(Required(Key, "tls.key", file), folder),
            AgentAuthorityFile = AgentAuthority is null ? null : Path.GetFullPath(AgentAuthority, folder),
        };
        if (Address is not null)
        {
            tls = tls with
            {
                Address = IPAddress.TryParse(Address, out IPAddress? address) ? address : throw new InputException(
                    $"'{Address}' is no address.", "Write one of this machine's, or 0.0.0.0 for all.", file, 0, "tls.address"),
            };
        }
        return Port is int port ? tls with { Port = port } : tls;
    }

    private static string Required(string? named, string key, string file) => named is { Length: > 0 }
        ? named
        : throw new InputException("No file is named.", "TLS needs a certificate and its key, both PEM.", file, 0, key);
}

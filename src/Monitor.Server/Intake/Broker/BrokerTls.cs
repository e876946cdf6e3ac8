using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Domain;

namespace Monitor.Server.Intake.Broker;

/// <summary>TLS 1.2 or newer to the broker: whom the intake believes, and what it shows of itself.</summary>
public sealed record BrokerTls
{
    /// <summary>Authorities of the broker's certificate, PEM; null for the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>The intake's own certificate, PEM; null where it shows none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its private key, PEM, without a pass phrase.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The settings of a connection; files are read anew each time, so that a renewed certificate is taken.</summary>
    /// <exception cref="InputException">A file is missing, or holds no certificate or not its key.</exception>
    internal SslClientAuthenticationOptions ToClientOptions(string host) => new()
    {
        TargetHost = host,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = AuthorityFile is null ? null : Trusting(AuthorityFile),
        ClientCertificates = CertificateFile is null ? null : [Own(CertificateFile, KeyFile ?? CertificateFile)],
    };

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A bureau's own authority publishes no lists of revoked certificates.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"It cannot be read: {e.Message}", "Name a PEM of certificates.", file);
        }
        return policy.CustomTrustStore.Count > 0 ? policy : throw new InputException(
            "It holds no certificate.", "Name a PEM with the certificate of the broker's authority.", file);
    }

    private static X509Certificate2 Own(string file, string keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, keyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The certificate and its key cannot be used: {e.Message}",
                $"Name a PEM certificate and its unencrypted PEM key ({keyFile}).", file);
        }
    }
}

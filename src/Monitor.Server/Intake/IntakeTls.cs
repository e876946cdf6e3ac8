using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Domain;

namespace Monitor.Server.Intake;

/// <summary>The second door of the intake, for agents beyond this machine: TLS 1.2 or newer, never in the clear.</summary>
public sealed record IntakeTls
{
    /// <summary>The server's certificate with its chain, PEM.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>Its private key, PEM, without a pass phrase.</summary>
    public required string KeyFile { get; init; }

    /// <summary>
    /// Authorities whose certificates let an agent in without a password (mTLS), PEM; the certificate's CN is the agent's
    /// id, which must be registered all the same. Null for passwords only.
    /// </summary>
    public string? AgentAuthorityFile { get; init; }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Its port; 0 for any free one.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>The certificate with its key, and the rest of its chain.</summary>
    /// <exception cref="InputException">A file is missing, or holds no certificate or not its key.</exception>
    internal (X509Certificate2 Certificate, X509Certificate2Collection Chain) LoadCertificate()
    {
        try
        {
            using X509Certificate2 pem = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(CertificateFile);
            // Through PKCS#12: a key that came from PEM is not one that every platform's TLS can use.
            return (X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), chain);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The certificate and its key cannot be used: {e.Message}",
                $"Name a PEM certificate and its unencrypted PEM key ({KeyFile}).", CertificateFile);
        }
    }

    /// <summary>The authorities; null where agents use passwords only.</summary>
    /// <exception cref="InputException">The file is missing, or holds no certificate.</exception>
    internal X509Certificate2Collection? LoadAuthorities()
    {
        if (AgentAuthorityFile is null) return null;
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(AgentAuthorityFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"It cannot be read: {e.Message}", "Name a PEM of certificates.", AgentAuthorityFile);
        }
        return authorities.Count > 0 ? authorities : throw new InputException(
            "It holds no certificate.", "Name a PEM with the authority's certificate.", AgentAuthorityFile);
    }

    /// <summary>Whether an agent's certificate is one of the authorities', in date and for a client.</summary>
    internal static bool IsOf(X509Certificate2Collection authorities, X509Certificate2 certificate, DateTime utcNow)
    {
        using var chain = new X509Chain();
        X509ChainPolicy policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        // Small authorities publish no lists; an agent is shut out by `agent revoke`.
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2")); // client authentication
        policy.VerificationTime = utcNow;
        return chain.Build(certificate);
    }
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Domain;

namespace Monitor.Edge;

/// <summary>TLS to the server: whom the agent believes, and what it shows of itself.</summary>
internal static class UplinkTls
{
    /// <summary>The settings; null where no TLS was asked for.</summary>
    /// <param name="said">Keys <c>tls</c>, <c>ca</c>, <c>cert</c>, <c>cert-key</c>; each of the last three means TLS.</param>
    /// <param name="host">The name that the server's certificate must bear.</param>
    /// <exception cref="InputException">A file cannot be read, or a certificate lacks its key.</exception>
    internal static SslClientAuthenticationOptions? From(EdgeSettings said, string host)
    {
        string? authority = said.TextOrNull("ca"), certificate = said.TextOrNull("cert"), key = said.TextOrNull("cert-key");
        if (!said.Flag("tls") && authority is null && certificate is null && key is null) return null;
        if (certificate is null != key is null)
        {
            throw new InputException("a certificate and its key go together.", "Give both files.", "", 0,
                certificate is null ? "--cert" : "--cert-key");
        }
        return new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = authority is null ? null : Trusting(authority),
            ClientCertificates = certificate is null ? null : [Own(certificate, key!)],
        };
    }

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
            policy.CustomTrustStore.ImportFromPem(EdgeFiles.ReadText(file, "ca"));
        }
        catch (CryptographicException e)
        {
            throw new InputException($"the file is no certificate: {e.Message}", "Give PEM.", file, 0, "--ca");
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new InputException("the file holds no certificate.", "Give PEM.", file, 0, "--ca");
    }

    private static X509Certificate2 Own(string file, string keyFile)
    {
        string certificate = EdgeFiles.ReadText(file, "cert"), key = EdgeFiles.ReadText(keyFile, "cert-key");
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (CryptographicException e)
        {
            throw new InputException(
                $"certificate and key do not fit: {e.Message}", "Give both in PEM.", file, 0, "--cert");
        }
    }
}

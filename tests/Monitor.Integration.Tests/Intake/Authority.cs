using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Monitor.Integration.Tests.Support;

namespace Monitor.Integration.Tests.Intake;

/// <summary>A certificate authority of one test, and what it issued, as PEM files.</summary>
internal sealed class Authority : IDisposable
{
    private readonly TempFolder _folder;
    private readonly X509Certificate2 _root;

    public Authority(TempFolder folder, string name)
    {
        _folder = folder;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        File = folder.Write($"{name}.pem", _root.ExportCertificatePem());
    }

    /// <summary>Its own certificate.</summary>
    public string File { get; }

    /// <summary>Certificate and key of a server on 127.0.0.1, or of a client.</summary>
    public (string Certificate, string Key) Issue(string name, bool forServer)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(forServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        if (forServer) request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(
            _root, DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch.AddYears(199),
            RandomNumberGenerator.GetBytes(8));
        string stem = $"{Path.GetFileNameWithoutExtension(File)}-{name}";
        return (_folder.Write($"{stem}.crt", issued.ExportCertificatePem()),
            _folder.Write($"{stem}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose() => _root.Dispose();
}

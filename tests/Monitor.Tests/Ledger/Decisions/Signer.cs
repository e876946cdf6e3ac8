using System.Security.Cryptography;
using Monitor.Domain.People;

namespace Monitor.Tests.Ledger.Decisions;

/// <summary>Persons with real keys, made once for all tests.</summary>
internal sealed class Signer
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private Signer(string name, PersonRole role) =>
        Person = new Person(name, role, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));

    public static Signer Sponsor { get; } = new("示例建设方", PersonRole.Sponsor);

    public static Signer Reviewer { get; } = new("甲", PersonRole.Reviewer);

    public static Signer SecondReviewer { get; } = new("丙", PersonRole.Reviewer);

    public static Signer Approver { get; } = new("乙", PersonRole.Approver);

    public static Signer SecondApprover { get; } = new("丁", PersonRole.Approver);

    /// <summary>Another key under the approver's name.</summary>
    public static Signer ApproversDouble { get; } = new("乙", PersonRole.Approver);

    public static IReadOnlyList<Signer> All { get; } =
        [Sponsor, Reviewer, SecondReviewer, Approver, SecondApprover, ApproversDouble];

    public Person Person { get; }

    public byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256);
}

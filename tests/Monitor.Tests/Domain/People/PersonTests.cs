using System.Security.Cryptography;
using Monitor.Domain.People;
using Xunit;

namespace Monitor.Tests.Domain.People;

public sealed class PersonTests
{
    [Theory]
    [InlineData("示例审批人甲", true)]
    [InlineData("Anna-Maria O. Li", true)]
    [InlineData("库尔班·热合曼", true)]
    [InlineData("", false)]
    [InlineData(" 甲", false)]
    [InlineData("甲\n", false)]
    [InlineData("a/b", false)]
    [InlineData("<b>甲</b>", false)]
    [InlineData("e\u0301", false)] // é in two pieces: looks the same, is another
    public void A_name_is_letters_digits_and_few_signs(string name, bool isName) => Assert.Equal(isName, Person.IsName(name));

    [Fact]
    public void A_key_of_another_curve_and_bytes_that_are_no_key_verify_nothing()
    {
        byte[] data = [1, 2, 3];
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        byte[] signature = p384.SignData(data, HashAlgorithmName.SHA256);
        Assert.False(PersonKey.Verify(p384.ExportSubjectPublicKeyInfo(), data, signature));
        Assert.False(PersonKey.Verify([1, 2, 3], data, signature));
        using ECDsa p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(PersonKey.Verify(
            p256.ExportSubjectPublicKeyInfo(), data, p256.SignData(data, HashAlgorithmName.SHA256)));
        Assert.False(PersonKey.Verify([.. p256.ExportSubjectPublicKeyInfo(), 0], data, signature));
    }
}

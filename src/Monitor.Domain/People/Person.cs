using System.Text;

namespace Monitor.Domain.People;

/// <summary>A registered person: known by the key, never by the name that somebody types.</summary>
/// <param name="Name">The name as registered, see <see cref="IsName"/>.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="PublicKey">ECDSA P-256 public key: SubjectPublicKeyInfo (DER) in base64.</param>
public sealed record Person(string Name, PersonRole Role, string PublicKey)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLengthMax = 64;

    /// <summary>The key's fingerprint, see <see cref="PersonKey.Fingerprint"/>.</summary>
    public string Key => PersonKey.Fingerprint(Convert.FromBase64String(PublicKey));

    /// <summary>
    /// Whether the text can be a name: 1 to <see cref="NameLengthMax"/> letters or digits of any script, space, <c>·</c>,
    /// <c>.</c>, <c>-</c>, <c>_</c>; no space at either end; composed form (NFC), so that two names that look the same are.
    /// </summary>
    public static bool IsName(string name)
    {
        if (name.Length is 0 or > NameLengthMax || name != name.Trim()) return false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool allowed = Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '·' or '.' or '-' or '_';
            if (!allowed) return false;
        }
        return name.IsNormalized(NormalizationForm.FormC);
    }
}

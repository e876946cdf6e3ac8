using System.Text;
using Monitor.Domain;
using Monitor.Ledger;

namespace Monitor.Programmes.Evidence;

/// <summary>Compares what is sealed with what is computed again.</summary>
internal static class SealedBytes
{
    private const int ShownNear = 60;

    /// <summary>Requires the same bytes.</summary>
    /// <param name="entry">The entry that they are sealed in.</param>
    /// <param name="sealedBytes">What is sealed.</param>
    /// <param name="again">What is computed.</param>
    /// <param name="what">What it is, as <c>the judgement</c>.</param>
    /// <exception cref="InputException">They differ; says from where on.</exception>
    internal static void Require(LedgerEntry entry, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> again, string what)
    {
        if (sealedBytes.SequenceEqual(again)) return;
        int at = sealedBytes.CommonPrefixLength(again);
        throw new InputException(
            $"computed again, {what} differs from byte {at + 1} on: sealed “{Near(sealedBytes, at)}”, " +
            $"computed “{Near(again, at)}”.", "Ask the other party for its reasons.", EvidenceBundle.Ledger, (int)entry.Number);
    }

    /// <summary>Some bytes from a place on, as text.</summary>
    internal static string Near(ReadOnlySpan<byte> bytes, int at) =>
        Encoding.UTF8.GetString(bytes[Math.Min(at, bytes.Length)..Math.Min(bytes.Length, at + ShownNear)]);
}

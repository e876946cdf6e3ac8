using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Xunit;
using Files = System.Collections.Generic.Dictionary<string, System.ReadOnlyMemory<byte>>;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>The bundle of a supplement from signed batches: every digit of it is held by something.</summary>
public sealed class RevisedBundleTests : IDisposable
{
    private const int RoundsOfEach = 12;

    private readonly RevisedYear _year = new();

    public void Dispose() => _year.Dispose();

    [Fact]
    public void A_change_of_one_digit_anywhere_is_found_though_the_list_of_hashes_was_made_to_fit()
    {
        Files bundle = Supplement();
        BundleReport whole = Verify(bundle);
        Assert.True(whole.Holds, whole.Steps[^1].Words);
        // 13,142 readings of a year in chunks of a month, each signed and naming the one before it.
        Assert.Contains("36 batches are signed", Words(whole, "devices"), StringComparison.Ordinal);
        Assert.Contains("35 name the hash", Words(whole, "devices"), StringComparison.Ordinal);
        Assert.Contains("registered with these keys at position", Words(whole, "decisions"), StringComparison.Ordinal);
        var random = new Random(2026);
        // README.txt says nothing that is judged by.
        foreach (string name in bundle.Keys.Where(n => n is not (EvidenceBundle.Sums or EvidenceBundle.ReadMe)))
        {
            int[] digits = [.. Enumerable.Range(0, bundle[name].Length)
                .Where(i => bundle[name].Span[i] is >= (byte)'0' and <= (byte)'9')];
            for (int round = 0; round < RoundsOfEach && digits.Length > 0; round++)
            {
                int at = digits[random.Next(digits.Length)];
                byte[] bytes = bundle[name].ToArray();
                bytes[at] = (byte)('0' + ((bytes[at] - '0' + 1) % 10));
                BundleReport report = Verify(Summed(new Files(bundle) { [name] = bytes }));
                string near = Encoding.UTF8.GetString(bytes.AsSpan()[Math.Max(0, at - 40)..at]);
                Assert.False(report.Holds, $"{name} at {at}: …{near}");
                Assert.True(report.Steps[^1].Words.Length > 0 && report.Steps[0].Holds);
            }
        }
    }

    [Fact]
    public void A_register_that_was_taken_out_is_asked_for()
    {
        Files bundle = Supplement();
        foreach (string name in new[] { EvidenceBundle.Devices, EvidenceBundle.Persons })
        {
            BundleReport report = Verify(Summed(bundle.Where(f => f.Key != name).ToDictionary()));
            Assert.False(report.Holds);
            Assert.Contains(name, report.Steps[^1].Words, StringComparison.Ordinal);
        }
    }

    private Files Supplement()
    {
        _year.Issue(_year.Judge());
        _year.Scale(1.30m);
        _year.Issue(_year.Revise()!);
        return new Files(_year.Bundle(_year.Newest));
    }

    private static string Words(BundleReport report, string name) => report.Steps.Single(s => s.Name == name).Words;

    private static BundleReport Verify(Files files) => BundleVerification.Run(files, SealingDesk.Software);

    // As a forger would: every hash of the list fits the files.
    private static Files Summed(Files files) => new(files)
    {
        [EvidenceBundle.Sums] = Encoding.UTF8.GetBytes(string.Concat(files.Where(f => f.Key != EvidenceBundle.Sums)
            .Select(f => string.Create(
                CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(f.Value.Span))}  {f.Key}\n")))),
    };
}

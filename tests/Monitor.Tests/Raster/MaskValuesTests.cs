using FsCheck;
using FsCheck.Fluent;
using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

/// <summary>Numbers as products really hold them; the real files are in the tests of Imagery.</summary>
public sealed class MaskValuesTests
{
    private static readonly Dictionary<MaskKind, ushort[]> Real = new()
    {
        [MaskKind.Scl] = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        // fill, clear, water, dilated cloud, cloud, shadow, cirrus with cloud; and clear and cloud of Landsat 7
        [MaskKind.QaPixel] = [1, 21824, 21952, 21762, 22280, 23888, 55052, 5440, 5896],
        // fill, clear, medium cloud, cloud, shadow, snow, cirrus
        [MaskKind.Bqa] = [1, 2720, 2752, 2800, 2976, 3744, 6816],
        // fill, clear, water, snow, cirrus, medium and high cloud
        [MaskKind.BqaPre] = [1, 20480, 20512, 23552, 28672, 36864, 53248, 61440],
    };

    public static TheoryData<MaskKind, MaskKind> Pairs
    {
        get
        {
            var pairs = new TheoryData<MaskKind, MaskKind>();
            foreach (MaskKind of in Real.Keys)
                foreach (MaskKind read in Real.Keys) pairs.Add(of, read);
            return pairs;
        }
    }

    private static (string Fault, MaskKind? Other)? Refusal(MaskKind kind, params ushort[] numbers)
    {
        var values = new MaskValues();
        values.Add(numbers);
        return values.Refusal(kind);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_band_is_taken_as_what_it_is_and_refused_as_any_other(MaskKind real, MaskKind read)
    {
        (string Fault, MaskKind? Other)? refusal = Refusal(read, Real[real]);
        if (real == read) Assert.Null(refusal);
        else Assert.Equal(real, refusal!.Value.Other);
    }

    [Fact]
    public void A_scene_classification_ends_at_11()
    {
        Assert.Null(Refusal(MaskKind.Scl, 4, 11));
        Assert.Contains("12", Refusal(MaskKind.Scl, 4, 12)!.Value.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nodata_that_the_file_declares_says_nothing()
    {
        var values = new MaskValues();
        values.Add([4, 5, 255]);
        Assert.NotNull(values.Refusal(MaskKind.Scl));
        values.Ignore(255);
        Assert.Null(values.Refusal(MaskKind.Scl));
    }

    [Theory]
    [InlineData(MaskKind.QaPixel)]
    [InlineData(MaskKind.Bqa)]
    [InlineData(MaskKind.BqaPre)]
    public void Numbers_of_no_known_kind_are_taken_as_they_are(MaskKind kind)
    {
        Assert.Null(Refusal(kind)); // nothing read
        Assert.Null(Refusal(kind, 0, 1)); // nothing set, and fill: in every kind
        Assert.Null(Refusal(kind, 0, 8, 16)); // single bits, as one writes them by hand
        Assert.Null(Refusal(kind, [.. Enumerable.Range(0, 65536).Select(v => (ushort)v)]));
    }

    [Fact]
    public void The_order_and_the_pieces_do_not_matter() =>
        Prop.ForAll<ushort[], int>((numbers, at) =>
        {
            int cut = numbers.Length == 0 ? 0 : (at & int.MaxValue) % numbers.Length;
            var parts = new MaskValues();
            parts.Add(numbers.AsSpan(cut));
            parts.Add(numbers.AsSpan(0, cut));
            return Enum.GetValues<MaskKind>().All(k => parts.Refusal(k) == Refusal(k, numbers));
        }).QuickCheckThrowOnFailure();
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Imagery.Products;

/// <summary>
/// MTD_MSIL2A.xml. Its formula is (DN + BOA_ADD_OFFSET) ÷ quantification; it is turned into DN × scale + offset here.
/// </summary>
internal sealed class Sentinel2Metadata
{
    private const string OffsetField = "BOA_ADD_OFFSET", BaselineField = "PROCESSING_BASELINE";

    // From this processing baseline on, products are shifted; reprocessed ones of older dates are too.
    private const decimal ShiftedFrom = 4.00m;

    // Used where the metadata have no Spectral_Information. Band ids run from B1 to B12 with B8A after B8.
    private static readonly string[] BandsById =
        ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B9", "B10", "B11", "B12"];

    private readonly string file;
    private readonly XDocument document;

    private Sentinel2Metadata(string file, XDocument document) => (this.file, this.document) = (file, document);

    /// <summary>As 05.09.</summary>
    internal string Baseline => Get(BaselineField);

    internal string Id => Path.GetFileNameWithoutExtension(Get("PRODUCT_URI"));

    internal Instant? Taken => Find("PRODUCT_START_TIME") is string text
        ? SidecarText.Time(text, file, "PRODUCT_START_TIME") : null;

    /// <summary>Paths of the images, relative and without extension.</summary>
    internal IReadOnlyList<string> Images => [.. Elements("IMAGE_FILE").Select(e => e.Value.Trim())];

    internal static Sentinel2Metadata Read(string file)
    {
        byte[] bytes = SidecarText.ReadFile(file);
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            return new Sentinel2Metadata(file, XDocument.Load(reader, LoadOptions.SetLineInfo));
        }
        catch (XmlException fault)
        {
            throw new InputException($"It is not XML: {fault.Message}", "Fetch it again.", file, fault.LineNumber);
        }
    }

    /// <summary>Scaling of a band of this product.</summary>
    /// <param name="band">As B4, B8 or B8A.</param>
    /// <exception cref="InputException">
    /// A field is missing or no number; or the baseline is shifted and the offset of the band is not given.
    /// </exception>
    internal BandScaling ScalingOf(string band)
    {
        const string Quantification = "BOA_QUANTIFICATION_VALUE";
        double quantification = SidecarText.Scale(Get(Quantification), file, Quantification);
        return new BandScaling(1 / quantification, OffsetOf(band) / quantification, NoData);
    }

    private double NoData
    {
        get
        {
            XElement? text = Elements("SPECIAL_VALUE_TEXT").FirstOrDefault(e => e.Value.Trim() == "NODATA");
            XElement? index = text?.Parent?.Elements().FirstOrDefault(e => e.Name.LocalName == "SPECIAL_VALUE_INDEX");
            return index is null ? 0 : SidecarText.Number(index.Value.Trim(), file, "SPECIAL_VALUE_INDEX");
        }
    }

    private double OffsetOf(string band)
    {
        string id = IdOf(band);
        XElement[] offsets = [.. Elements(OffsetField)];
        XElement? own = Array.Find(offsets, e => (string?)e.Attribute("band_id") == id);
        string field = $"{OffsetField}[band_id={id}]";
        if (own is not null) return SidecarText.Number(own.Value.Trim(), file, field);
        // By the baseline, never by the date: a product without any offset is right only before the shift.
        decimal baseline = BaselineNumber();
        if (offsets.Length == 0 && baseline < ShiftedFrom) return 0;
        throw new InputException(
            $"The product is of baseline {Baseline} and does not say by how much {band} is shifted.",
            "Fetch the metadata again.", file, field: field);
    }

    private decimal BaselineNumber()
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(Baseline, Style, CultureInfo.InvariantCulture, out decimal number)) return number;
        throw new InputException($"'{Baseline}' is not a baseline.", "Fetch the metadata again.",
            file, field: BaselineField);
    }

    private string IdOf(string band)
    {
        XElement? information = Elements("Spectral_Information")
            .FirstOrDefault(e => (string?)e.Attribute("physicalBand") == band);
        return (string?)information?.Attribute("bandId")
            ?? Array.IndexOf(BandsById, band).ToString(CultureInfo.InvariantCulture);
    }

    private string Get(string name) => Find(name) ?? throw new InputException(
        "It is missing.", "Give the MTD_MSIL2A.xml of a Sentinel-2 L2A product.", file, field: name);

    private string? Find(string name) => Elements(name).FirstOrDefault()?.Value.Trim();

    private IEnumerable<XElement> Elements(string name) =>
        document.Descendants().Where(e => e.Name.LocalName == name);
}

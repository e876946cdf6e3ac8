using System.Globalization;
using Monitor.Domain.Places;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads what a wetland programme says of sales: terms, service areas and assurances.</summary>
internal static class SaleTermsReader
{
    /// <summary>The map <c>sales</c>; null where the programme has none, and nothing can be sold under it.</summary>
    internal static SaleTerms? Read(DefinitionNode root)
    {
        if (root.OptionalMap("sales") is not DefinitionNode node) return null;
        decimal endowment = node.Number("endowment_percent");
        if (endowment is < 0 or > 100) node.At("endowment_percent").Fault($"{endowment} is no percentage.", "Use 0 to 100.");
        var terms = new SaleTerms(
            node.Choice("presale", ("refused", false), ("allowed", true)),
            node.Integer("reservation_days_max", 1, 3660), endowment);
        node.Close();
        return terms;
    }

    /// <summary>A bank's <c>service_area</c>; null where it has none.</summary>
    internal static ServiceArea? ReadArea(DefinitionNode bank)
    {
        if (bank.OptionalMap("service_area") is not DefinitionNode node) return null;
        var area = new ServiceArea(node.Text("version"), [.. node.List("tiers").Select(ReadTier)]);
        node.Close();
        return area;
    }

    /// <summary>A bank's <c>assurances</c>; none where it names none.</summary>
    internal static IReadOnlyList<Assurance> ReadAssurances(DefinitionNode bank) =>
        bank.Has("assurances") ? [.. bank.List("assurances").Select(ReadAssurance)] : [];

    private static ServiceTier ReadTier(DefinitionNode node)
    {
        decimal multiplier = node.Number("multiplier");
        if (multiplier < 1) node.At("multiplier").Fault($"{multiplier} is below 1.", "Write 1 or more.");
        var tier = new ServiceTier(
            node.Id("id"), multiplier, node.Has("basin_codes") ? node.Texts("basin_codes") : [],
            node.Has("outline") ? WetlandProgrammeReader.ReadOutline(node) : null);
        if (tier.Outline is null && tier.BasinCodes.Count == 0)
        {
            node.Fault("the tier has neither outline nor basin codes.", "Draw it, or name the basins it holds.");
        }
        if (tier.Outline is Polygon drawn && drawn.Parts[0].Outer.Any(p => Math.Abs(p.X) > 180 || Math.Abs(p.Y) > 90))
        {
            node.At("outline").Fault("a point is not in degrees.", "Write longitude and latitude, as [119.92, 28.45].");
        }
        node.Close();
        return tier;
    }

    private static Assurance ReadAssurance(DefinitionNode node)
    {
        string day = node.Text("expires");
        bool isDay = DateOnly.TryParseExact(
            day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly expires);
        if (!isDay && day.Length > 0) node.At("expires").Fault($"'{day}' is not a day.", "Write it as 2030-12-31.");
        string kind = node.Choice(
            "kind", ("bond", "bond"), ("letter-of-credit", "letter-of-credit"), ("escrow", "escrow"),
            ("insurance", "insurance"));
        var assurance = new Assurance(node.Id("id"), kind, node.Number("amount"), node.Text("issuer"), expires);
        if (assurance.Amount <= 0) node.At("amount").Fault($"{assurance.Amount} is not above 0.", "Write it in yuan.");
        node.Close();
        return assurance;
    }
}

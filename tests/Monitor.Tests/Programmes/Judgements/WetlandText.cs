using Monitor.Tests.House;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>The shipped wetland programme with another composite, or none.</summary>
internal static class WetlandText
{
    private static readonly string Shipped = HouseFiles.All.Text("pipelines/wetland-seed-florida.yaml");

    internal static string WithComposite(string block)
    {
        int from = Shipped.IndexOf("composite:\n", StringComparison.Ordinal);
        int to = Shipped.IndexOf("milestones:\n", StringComparison.Ordinal);
        return string.Concat(Shipped.AsSpan(0, from), block, Shipped.AsSpan(to));
    }
}

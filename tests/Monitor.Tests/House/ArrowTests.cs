using System.Xml.Linq;
using Xunit;

namespace Monitor.Tests.House;

/// <summary>
/// The arrows between the rooms. A new one is a decision: it goes here, in README's map and in docs/decisions.
/// </summary>
public sealed class ArrowTests
{
    private const string AllRooms = "Domain Wire Ledger Rules Raster Programmes Mqtt Storage Imagery";

    private static readonly Dictionary<string, Room> Rooms = new()
    {
        ["Domain"] = new(0, "", ""),
        ["Wire"] = new(0, "Domain", ""),
        ["Ledger"] = new(0, "Domain", ""),
        ["Rules"] = new(0, "Domain", ""),
        ["Raster"] = new(0, "Domain", "System.Numerics.Tensors"),
        ["Programmes"] = new(1, "Domain Wire Ledger Rules", "YamlDotNet"),
        ["Mqtt"] = new(2, "", ""),
        ["Storage"] = new(2, "Domain Ledger", "Dapper Microsoft.Data.Sqlite Npgsql SQLitePCLRaw.bundle_e_sqlite3"),
        ["Imagery"] = new(2, "Domain Raster", ""),
        ["Server"] = new(3, AllRooms, "Microsoft.AspNetCore.OpenApi Quartz"),
        ["Cli"] = new(4, AllRooms + " Server Edge", "Spectre.Console System.CommandLine"),
        ["Edge"] = new(4, "Domain Wire Mqtt",
            "Microsoft.Data.Sqlite Microsoft.Extensions.Hosting SQLitePCLRaw.bundle_e_sqlite3"),
    };

    private static readonly string[] Families = ["Screening", "WaterQuality", "Compensation", "Credits"];

    private static IEnumerable<(string Name, XDocument Project)> Projects =>
        HouseFiles.All.Texts(p => p.EndsWith(".csproj", StringComparison.Ordinal)
                && !p.StartsWith("tests/", StringComparison.Ordinal))
            .Select(f => (Path.GetFileNameWithoutExtension(f.Path)["Monitor.".Length..], XDocument.Parse(f.Text)));

    [Fact]
    public void Every_project_is_a_room_of_the_table_and_every_room_a_project() =>
        Assert.Equal(Rooms.Keys.Order(), Projects.Select(p => p.Name).Order());

    [Fact]
    public void A_room_references_no_room_that_the_table_does_not_allow()
    {
        string[] faults = [.. from p in Projects
            from target in Included(p.Project, "ProjectReference")
            let other = Path.GetFileNameWithoutExtension(target.Replace('\\', '/'))["Monitor.".Length..]
            where !Rooms[p.Name].References.Contains(other)
            select $"{p.Name} -> {other}"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void A_room_takes_no_package_that_the_table_does_not_allow()
    {
        string[] faults = [.. from p in Projects
            from package in Included(p.Project, "PackageReference").Concat(Included(p.Project, "FrameworkReference"))
            where !Rooms[p.Name].Packages.Contains(package)
            select $"{p.Name} takes {package}"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void The_rooms_of_layers_0_and_1_are_declared_pure_and_no_other_room_is() =>
        Assert.Equal(
            Rooms.Where(r => r.Value.Layer <= 1).Select(r => r.Key).Order(),
            from p in Projects
            where p.Project.Descendants("PureRoom").Any(e => e.Value == "true")
            orderby p.Name
            select p.Name);

    [Fact]
    public void An_arrow_never_points_up_a_layer()
    {
        string[] faults = [.. from room in Rooms
            from other in room.Value.References
            where Rooms[other].Layer > room.Value.Layer
            select $"{room.Key} -> {other}"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void A_family_of_rules_uses_no_other_than_water_quality_and_screening()
    {
        string[] faults = [.. from family in Families
            let folder = $"src/Monitor.Rules/{family}/"
            from file in HouseFiles.All.Texts(p => p.StartsWith(folder, StringComparison.Ordinal))
            from other in Families
            where other != family && other is not ("WaterQuality" or "Screening")
            where SourceCode.Blank(file.Text).Contains($"Rules.{other}", StringComparison.Ordinal)
            select $"{file.Path} uses {other}"];
        Faults.AreNone(faults);
    }

    private static IEnumerable<string> Included(XDocument project, string item) =>
        project.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    private sealed record Room(int Layer, string ReferenceNames, string PackageNames)
    {
        public string[] References { get; } = ReferenceNames.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        public string[] Packages { get; } = PackageNames.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

namespace Monitor.Rules.Compensation;

/// <summary>Who pays whom, as a judgement says it.</summary>
public enum Direction
{
    /// <summary>The downstream party pays the upstream party: the water was better than agreed.</summary>
    DownstreamPays,

    /// <summary>The upstream party pays the downstream party.</summary>
    UpstreamPays,

    /// <summary>Neither pays.</summary>
    None,

    /// <summary>The agreement's table prints no result for this index: people must decide, the program must not.</summary>
    UndefinedInSource,

    /// <summary>Not judged: too few data, or an approved suspension.</summary>
    Suspended,
}

/// <summary>The names of <see cref="Direction"/> in files and on documents.</summary>
public static class DirectionNames
{
    private static readonly (Direction Direction, string Name, string Chinese, string English)[] Table =
    [
        (Direction.DownstreamPays, "downstream-pays", "下游补偿上游", "downstream pays upstream"),
        (Direction.UpstreamPays, "upstream-pays", "上游补偿下游", "upstream pays downstream"),
        (Direction.None, "none", "互不补偿", "no compensation"),
        (Direction.UndefinedInSource, "undefined-in-source", "规则未定", "undecided by the rule"),
        (Direction.Suspended, "suspended", "暂停评判", "suspended"),
    ];

    /// <summary>The name in files and JSON, as <c>downstream-pays</c>.</summary>
    public static string Name(this Direction direction) => Row(direction).Name;

    /// <summary>The name on Chinese documents.</summary>
    public static string Chinese(this Direction direction) => Row(direction).Chinese;

    /// <summary>The name in English.</summary>
    public static string English(this Direction direction) => Row(direction).English;

    /// <summary>Reads a file's name; exact.</summary>
    public static bool TryParse(string name, out Direction direction)
    {
        foreach (var row in Table)
        {
            if (row.Name != name) continue;
            direction = row.Direction;
            return true;
        }
        direction = default;
        return false;
    }

    private static (Direction Direction, string Name, string Chinese, string English) Row(Direction direction) =>
        Array.Find(Table, r => r.Direction == direction);
}

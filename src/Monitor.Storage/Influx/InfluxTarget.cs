namespace Monitor.Storage.Influx;

/// <summary>
/// Where the projection goes: a bucket of InfluxDB 2 or 3, or of what speaks their write API; or a database of 1.x.
/// </summary>
public sealed record InfluxTarget
{
    /// <summary>The server, as <c>http://influx:8086</c>; with a path where a proxy puts one before it.</summary>
    public required Uri Url { get; init; }

    /// <summary>Bucket, or database of 1.x.</summary>
    public required string Bucket { get; init; }

    /// <summary>Whether it is 1.x: <c>/write</c> instead of <c>/api/v2/write</c>.</summary>
    public bool IsVersion1 { get; init; }

    /// <summary>Organisation; empty for 1.x and 3.x.</summary>
    public string Organisation { get; init; } = "";

    /// <summary>Token of 2.x and 3.x; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>User name of 1.x; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Password of 1.x; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Retention policy of 1.x; null for the database's default.</summary>
    public string? RetentionPolicy { get; init; }

    /// <summary>Points in one request, at most.</summary>
    public int PointsMax { get; init; } = 5000;

    /// <summary>Longest wait for an answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Names the target: another one is projected to from the beginning. No secret is in it.</summary>
    internal string Identity => $"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')} {Organisation}/{Bucket}/{RetentionPolicy}";

    /// <summary>A path of the server's API.</summary>
    internal Uri At(string path, params (string Name, string? Value)[] query)
    {
        string asked = string.Join('&', query.Where(q => q.Value is { Length: > 0 })
            .Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}"));
        return new Uri($"{Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}{path}?{asked}");
    }
}

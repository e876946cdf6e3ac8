namespace Monitor.Imagery.Gdal;

/// <summary>
/// A coordinate system, in WKT or in a GeoTIFF's own keys: WKT is made of these, by GDAL, only when it is asked for.
/// </summary>
internal sealed class GeoSystem : IEquatable<GeoSystem>
{
    private readonly Lazy<string> wkt;

    internal GeoSystem(string wkt) => this.wkt = new Lazy<string>(wkt);

    internal GeoSystem(GeoKeys? keys, Func<string> wkt) =>
        (Keys, this.wkt) = (keys, new Lazy<string>(wkt, LazyThreadSafetyMode.ExecutionAndPublication));

    /// <summary>The keys of the file that it comes from; null where it comes from WKT.</summary>
    internal GeoKeys? Keys { get; }

    /// <summary>The keys, made by GDAL where the system comes from WKT; null for none.</summary>
    internal GeoKeys? MadeKeys => Keys ?? (Wkt.Length == 0 ? null : GeoKeysOfWkt.Make(Wkt));

    /// <summary>Empty for none.</summary>
    internal string Wkt => wkt.Value;

    public bool Equals(GeoSystem? other) => other is not null
        && (ReferenceEquals(this, other) || (Keys is not null && Keys.Equals(other.Keys)) || Wkt == other.Wkt);

    public override bool Equals(object? obj) => Equals(obj as GeoSystem);

    // Systems that are equal may be known by keys or by WKT: only a constant agrees for all.
    public override int GetHashCode() => 0;
}

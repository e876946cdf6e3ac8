using Monitor.Domain;
using Monitor.Storage.Influx;

namespace Monitor.Cli;

/// <summary>
/// The key <c>influx</c> of the service's settings: where readings are copied to, for charts. Nothing is judged by them.
/// </summary>
/// <param name="Url">As <c>http://127.0.0.1:8086</c>.</param>
/// <param name="Version">1 for InfluxDB 1.x; 2, the default, for 2.x, 3.x and what speaks <c>/api/v2/write</c>.</param>
/// <param name="Bucket">Bucket, or database of 1.x.</param>
/// <param name="Org">Organisation of 2.x.</param>
/// <param name="TokenFile">File with the token, in its first line.</param>
/// <param name="User">User name of 1.x.</param>
/// <param name="PasswordFile">File with the password of 1.x, in its first line.</param>
/// <param name="RetentionPolicy">Retention policy of 1.x; the default one when left out.</param>
internal sealed record InfluxSettings(
    string? Url, int? Version, string? Bucket, string? Org, string? TokenFile, string? User, string? PasswordFile,
    string? RetentionPolicy)
{
    /// <summary>The target.</summary>
    /// <param name="folder">Folder that paths are relative to.</param>
    /// <param name="file">The settings' file, for messages.</param>
    /// <exception cref="InputException">A key is missing or will not do.</exception>
    internal InfluxTarget ToTarget(string folder, string file)
    {
        bool isUrl = Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            && url.Query.Length == 0 && url.UserInfo.Length == 0;
        if (!isUrl) throw Wrong($"'{Url}' is no address of a server.", "Write as http://127.0.0.1:8086.", file, "url");
        if (Bucket is not { Length: > 0 }) throw Wrong(
            "No bucket is named.", "Name the bucket, or the database of 1.x.", file, "bucket");
        if (Version is not (null or 1 or 2)) throw Wrong(
            $"There is no API {Version}.", "Write 1 for InfluxDB 1.x, else 2 or nothing.", file, "version");
        bool mixes = Version == 1
            ? Org is not null || TokenFile is not null
            : User is not null || PasswordFile is not null || RetentionPolicy is not null;
        if (mixes) throw Wrong("It names what only another version has.",
            "1: user, passwordFile, retentionPolicy. 2: org, tokenFile.", file, "version");
        return new InfluxTarget
        {
            Url = url!,
            Bucket = Bucket,
            IsVersion1 = Version == 1,
            Organisation = Org ?? "",
            Token = TokenFile is null ? null : SecretFile.Read(Path.GetFullPath(TokenFile, folder), "token"),
            User = User,
            Password = PasswordFile is null ? null : SecretFile.Read(Path.GetFullPath(PasswordFile, folder), "password"),
            RetentionPolicy = RetentionPolicy,
        };
    }

    private static InputException Wrong(string fault, string remedy, string file, string key) =>
        new(fault, remedy, file, 0, $"influx.{key}");
}

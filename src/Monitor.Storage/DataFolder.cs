namespace Monitor.Storage;

/// <summary>
/// The folder that holds everything Monitor keeps on one machine (<c>--data DIR</c>), and the names in it.
/// </summary>
/// <param name="Root">The folder's path; made when something is first written to it.</param>
public sealed record DataFolder(string Root)
{
    /// <summary>Where verbs look when no <c>--data</c> is given, below the working folder.</summary>
    public const string DefaultRoot = "./monitor-data";

    /// <summary>Readings and all else that has a position.</summary>
    public string Record => Path.Combine(Root, "record.db");

    /// <summary>The ledger's entries.</summary>
    public string Ledger => Path.Combine(Root, "ledger.db");

    /// <summary>The newest entry's number and hash, outside the database, so that a cut tail is found.</summary>
    public string Head => Path.Combine(Root, "head.json");

    /// <summary>The scheduler's own store: when each job ran last and is to run next.</summary>
    public string Jobs => Path.Combine(Root, "jobs.db");

    /// <summary>Accounts of persons: what the page asks when somebody signs in. Readable by its owner only.</summary>
    public string People => Path.Combine(Root, "people.db");

    /// <summary>The programmes that the service judges by, one YAML file each.</summary>
    public string Pipelines => Path.Combine(Root, "pipelines");

    /// <summary>Evidence by content address.</summary>
    public string Evidence => Path.Combine(Root, "evidence");

    /// <summary>
    /// Satellite scenes: <c>inbox</c>, <c>taken</c> and <c>faulty</c>, in each a folder per bank, in it a folder per scene.
    /// </summary>
    public string Scenes => Path.Combine(Root, "scenes");

    /// <summary>How far the projection to InfluxDB has come. May be deleted: it then begins anew.</summary>
    public string Projection => Path.Combine(Root, "influx.json");

    /// <summary>What InfluxDB refused, one JSON object a line.</summary>
    public string ProjectionRefused => Path.Combine(Root, "influx-refused.ndjson");

    /// <summary>Held open by the one process that projects or verifies just now.</summary>
    public string ProjectionLock => Path.Combine(Root, "influx.lock");

    /// <summary>Ports of the service that serves this folder now.</summary>
    public string Endpoints => Path.Combine(Root, "endpoints.json");

    /// <summary>Held open by the one service that serves this folder.</summary>
    public string Lock => Path.Combine(Root, "serve.lock");
}

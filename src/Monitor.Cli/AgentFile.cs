using System.Globalization;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Storage;

namespace Monitor.Cli;

/// <summary>An agent's configuration as <c>monitor-edge --config</c> reads it, password included: for its owner only.</summary>
internal static class AgentFile
{
    private const int MqttPort = 1883;
    private const int MqttTlsPort = 8883;

    /// <summary>Writes it; never over a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="agent">Agent id.</param>
    /// <param name="section">The section that it reports.</param>
    /// <param name="server">Host and port of the service.</param>
    /// <param name="password">Its password.</param>
    /// <param name="authority">Who vouches for the service by TLS, a PEM file on the agent's machine; null for no TLS.</param>
    /// <exception cref="InputException">The file is there already, or cannot be made.</exception>
    internal static void Write(string file, string agent, string section, string server, string password, string? authority)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // From the first byte on, and whatever the umask: nobody else may read a password.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using var stream = new FileStream(file, options);
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                json.WriteStartObject();
                json.WriteString("agent", agent);
                json.WriteString("section", section);
                json.WriteString("server", server);
                json.WriteString("username", agent);
                json.WriteString("password", password);
                if (authority is not null)
                {
                    json.WriteBoolean("tls", true);
                    json.WriteString("ca", authority);
                }
                json.WriteString("outbox", $"{agent}.outbox.db");
                json.WriteEndObject();
            }
            stream.Write("\n"u8);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"It cannot be written: {e.Message}",
                "Name a file that does not exist, in a folder that you may write.", file, field: "--out");
        }
    }

    /// <summary>The service that serves the folder now, else where one would by default.</summary>
    internal static string ServerOf(DataFolder folder, bool byTls)
    {
        int port = byTls ? MqttTlsPort : MqttPort;
        if (File.Exists(folder.Endpoints))
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(folder.Endpoints));
            if (json.RootElement.TryGetProperty(byTls ? "mqtts" : "mqtt", out JsonElement open)) port = open.GetInt32();
        }
        return string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }
}

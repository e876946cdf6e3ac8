using System.Globalization;
using System.IO.Pipelines;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;

namespace Monitor.Tests.Mqtt;

/// <summary>
/// A conversation byte by byte, of a server session or, where it begins with <c>client</c>, of a client. Words:
/// <list type="bullet">
/// <item><c>&gt;HEX</c> to the one under test, <c>&lt;HEX</c> from it: exactly these bytes and no others before them;</item>
/// <item><c>@</c> CONNECT of client A and a CONNACK that takes it without a session; <c>@HEX</c> this CONNECT instead;</item>
/// <item><c>=HEX</c> the next message that was handed over has this payload; <c>=</c> there is none;</item>
/// <item><c>.</c> it is still there and says nothing else: a ping is answered; <c>!</c> it closes without another byte;</item>
/// <item><c>pub0</c>, <c>pub1</c>, <c>sub</c>, <c>unsub</c>, <c>leave</c>: what the client is told to do, with topic a.</item>
/// </list>
/// </summary>
internal sealed class MqttScript : IAsyncDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);
    private readonly Pipe _in = new(new(useSynchronizationContext: false));
    private readonly Pipe _out = new(new(useSynchronizationContext: false));
    private readonly CancellationTokenSource _stop = new();
    private readonly PublishedPayloads _handedOver = new();
    private readonly MqttProtocolVersion _version;
    private readonly MqttClient? _client;
    private readonly List<Task> _running = [];

    private MqttScript(MqttProtocolVersion version, bool ofClient)
    {
        _version = version;
        if (ofClient) _client = new MqttClient(new ManualClock());
        else _running.Add(new MqttServerSession(_in.Reader, _out.Writer, Options(_handedOver), "test").RunAsync(_stop.Token));
    }

    private bool IsV5 => _version == MqttProtocolVersion.V500;

    /// <summary>Plays it; an assertion fails where it goes otherwise.</summary>
    internal static async Task PlayAsync(string script, MqttProtocolVersion version)
    {
        string[] words = script.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool ofClient = words[0] == "client";
        await using var play = new MqttScript(version, ofClient);
        foreach (string word in words.Skip(ofClient ? 1 : 0)) await play.StepAsync(word);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _out.Reader.CompleteAsync();
        if (_client is not null) await _client.DisposeAsync();
        try
        {
            await Task.WhenAll(_running).WaitAsync(Ceiling);
        }
        catch (Exception e) when (e is MqttConnectionLostException or ArgumentException or MqttProtocolViolationException)
        {
            // What the client was told to do ended with its connection; the script has seen how.
        }
        _stop.Dispose();
    }

    private async Task StepAsync(string word)
    {
        switch (word[0])
        {
            case '@' when _client is null: await ConnectAsync(word.Length > 1 ? word[1..] : IsV5 ? Connect5 : Connect311); break;
            case '@': await ConnectClientAsync(word.Length > 1 ? word[1..] : IsV5 ? "2003000000" : "20020000"); break;
            case '>': await _in.Writer.WriteAsync(Convert.FromHexString(word[1..])); break;
            case '<': Assert.Equal(word[1..], await ReadAsync(word.Length / 2)); break;
            case '=' when word.Length > 1: Assert.Equal(word[1..], await _handedOver.NextAsync().WaitAsync(Ceiling)); break;
            case '=': Assert.True(_handedOver.IsEmpty, "A message was handed over."); break;
            case '!': Assert.Equal("", await ReadAsync(1)); break;
            case '.' when _client is null:
                await StepAsync(">C000");
                await StepAsync("<D000");
                break;
            default: Order(word); break;
        }
    }

    private const string Connect5 = "100E00044D5154540502003C00000141", Connect311 = "100D00044D5154540402003C000141";

    private async Task ConnectAsync(string hex)
    {
        await _in.Writer.WriteAsync(Convert.FromHexString(hex));
        string head = await ReadAsync(2);
        Assert.StartsWith("20", head, StringComparison.Ordinal);
        int length = int.Parse(head.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.StartsWith("0000", await ReadAsync(length), StringComparison.Ordinal);
    }

    private async Task ConnectClientAsync(string answer)
    {
        Task<MqttClientConnectResult> connecting = _client!.ConnectAsync(_in.Reader, _out.Writer, new MqttClientOptions
        {
            ClientId = "A", ProtocolVersion = _version, KeepAlivePeriod = TimeSpan.Zero,
        }, CancellationToken.None);
        _running.Add(connecting);
        string head = await ReadAsync(2);
        Assert.StartsWith("10", head, StringComparison.Ordinal);
        await ReadAsync(int.Parse(head.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        await _in.Writer.WriteAsync(Convert.FromHexString(answer));
        try
        {
            await connecting.WaitAsync(Ceiling);
        }
        catch (MqttConnectionLostException)
        {
            // A CONNACK that breaks a rule: what the client does then is the script's next word.
        }
    }

    private void Order(string word)
    {
        var message = new MqttApplicationMessage
        {
            Topic = "a", Payload = new byte[] { 1 },
            QualityOfServiceLevel = word == "pub1" ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.AtMostOnce,
        };
        _running.Add(word switch
        {
            "pub0" or "pub1" => _client!.PublishAsync(message, CancellationToken.None),
            "sub" => _client!.SubscribeAsync([new() { Topic = "a" }], CancellationToken.None),
            "unsub" => _client!.UnsubscribeAsync(["a"], CancellationToken.None),
            "leave" => _client!.DisconnectAsync(),
            _ => throw new FormatException($"'{word}' is no word of a script."),
        });
    }

    /// <summary>So many bytes in hex; fewer only where it closes before.</summary>
    private async Task<string> ReadAsync(int count)
    {
        ReadResult read = await _out.Reader.ReadAtLeastAsync(count).AsTask().WaitAsync(Ceiling);
        var bytes = read.Buffer.Slice(0, Math.Min(count, read.Buffer.Length));
        string hex = Convert.ToHexString(System.Buffers.BuffersExtensions.ToArray(bytes));
        _out.Reader.AdvanceTo(bytes.End);
        return hex;
    }

    // Client "no" is refused; filters that begin with x too; payload 97 finds no room, 99 is not to be read.
    private static MqttServerSessionOptions Options(PublishedPayloads handedOver) => new()
    {
        Authenticate = (session, _, _) => new(session.ClientId == "no"
            ? MqttConnectReasonCode.BadUserNameOrPassword : MqttConnectReasonCode.Success),
        Publish = (_, packet, _) => new(handedOver.Add(packet) switch
        {
            "97" => MqttPubAckReasonCode.QuotaExceeded,
            "99" => MqttPubAckReasonCode.PayloadFormatInvalid,
            _ => MqttPubAckReasonCode.Success,
        }),
        Subscribe = (_, filter, _) => new(filter.Topic.StartsWith('x')
            ? MqttSubscribeReasonCode.NotAuthorized : MqttSubscribeReasonCode.GrantedQoS1),
        TopicAliasMaximum = 2,
        MaximumPacketSize = 64,
        TimeProvider = new ManualClock(),
    };
}

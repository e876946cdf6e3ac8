using System.Text.Json;

namespace Monitor.Domain.Registry;

/// <summary>A record beside the readings that is not stored yet.</summary>
public sealed record RecordDraft
{
    /// <summary>Longest subject and longest key, in characters.</summary>
    public const int NameMax = 200;

    /// <summary>Most bytes of a body.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>A draft.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="subject">What it is about, as <c>person/NAME</c>, <c>section/OJ-05/2025</c>,
    /// <c>series/OJ-05/w21003</c>; no white space.</param>
    /// <param name="key">Names this one record for ever, so that trying again stores it once; no white space.</param>
    /// <param name="body">One JSON object, kept byte for byte.</param>
    /// <exception cref="ArgumentException">A name or the body is not of that shape.</exception>
    public RecordDraft(RecordKind kind, string subject, string key, ReadOnlyMemory<byte> body)
    {
        CheckName(subject, nameof(subject));
        CheckName(key, nameof(key));
        CheckBody(body);
        (Kind, Subject, Key, Body) = (kind, subject, key, body);
    }

    /// <summary>What it is.</summary>
    public RecordKind Kind { get; }

    /// <summary>What it is about.</summary>
    public string Subject { get; }

    /// <summary>Its name.</summary>
    public string Key { get; }

    /// <summary>One JSON object.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    private static void CheckName(string name, string parameter)
    {
        ArgumentNullException.ThrowIfNull(name, parameter);
        if (name.Length is 0 or > NameMax || name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new ArgumentException(
                $"'{name}' is no name of 1 to {NameMax} characters without white space.", parameter);
        }
    }

    private static void CheckBody(ReadOnlyMemory<byte> body)
    {
        if (body.Length > BodyBytesMax) throw new ArgumentException(
            $"The body has {body.Length} bytes; {BodyBytesMax} is the most.", nameof(body));
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body is no JSON: {e.Message}", nameof(body), e);
        }
        throw new ArgumentException("The body is no JSON object.", nameof(body));
    }
}

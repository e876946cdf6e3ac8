using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Registers;

namespace Monitor.Programmes.Evidence;

/// <summary>What goes into a bundle.</summary>
/// <param name="Subject">The entry that the bundle is of, and what it rests on.</param>
/// <param name="Ledger">Every entry of the ledger, from the first.</param>
/// <param name="Judgement">What its judgement was made from; null where it rests on none.</param>
/// <param name="Definition">The programme's text.</param>
/// <param name="Definitions">Other texts that the bank's entries name, by SHA-256.</param>
/// <param name="Documents">Documents that were printed of it, by their name in the ledger.</param>
/// <param name="Filed">Documents that persons filed, by SHA-256; none where they stay with who keeps them.</param>
/// <param name="Persons">Register changes of persons, up to the last entry.</param>
public sealed record BundleParts(
    BundleSubject Subject, IReadOnlyList<LedgerEntry> Ledger, BundleJudgement? Judgement, ReadOnlyMemory<byte> Definition,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Definitions,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Documents, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Filed,
    IReadOnlyList<StoredRecord> Persons);

/// <summary>What a judgement was made from, as a bundle holds it.</summary>
/// <param name="Evidence">The canonical inputs that the assessment sealed.</param>
/// <param name="Standard">The standard's text; null where the programme has none.</param>
/// <param name="Envelopes">The batches that the readings came in.</param>
/// <param name="Devices">Register changes of the agents, up to the assessment's position.</param>
public sealed record BundleJudgement(
    ReadOnlyMemory<byte> Evidence, ReadOnlyMemory<byte>? Standard, IReadOnlyList<StoredEnvelope> Envelopes,
    IReadOnlyList<StoredRecord> Devices);

/// <summary>
/// A judgement with all that it was made from, as files by name: what the other party needs to recompute it on a machine
/// that has nothing else. <c>SHA256SUMS</c> names every file, so that any of them can also be checked by hand.
/// </summary>
public static class EvidenceBundle
{
    /// <summary>Version of the shape.</summary>
    public const string Format = "monitor-bundle/1";

    /// <summary>What the bundle is of.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>SHA-256 of every other file, in the form of <c>sha256sum</c>.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>The whole ledger, one entry a line, each the stored bytes.</summary>
    public const string Ledger = "ledger.ndjson";

    /// <summary>The canonical inputs of the judgement.</summary>
    public const string Evidence = "evidence.ndjson";

    /// <summary>The batches that the readings came in, as they travelled.</summary>
    public const string Envelopes = "envelopes.ndjson";

    /// <summary>The programme's text.</summary>
    public const string Definition = "definition.yaml";

    /// <summary>The standard's text.</summary>
    public const string Standard = "standard.yaml";

    /// <summary>Register changes of the agents whose batches are here.</summary>
    public const string Devices = "devices.ndjson";

    /// <summary>Register changes of persons.</summary>
    public const string Persons = "persons.ndjson";

    /// <summary>Folder of the programmes' other texts, each named by its SHA-256.</summary>
    public const string Definitions = "definitions/";

    /// <summary>Folder of documents that persons filed, each named by its SHA-256.</summary>
    public const string Filed = "filed/";

    /// <summary>What this is and how to check it, for people.</summary>
    public const string ReadMe = "README.txt";

    /// <summary>The files, in the order of their names.</summary>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Make(BundleParts parts)
    {
        var files = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)
        {
            [Manifest] = WriteManifest(parts),
            [Ledger] = WriteLedger(parts.Ledger),
            [Definition] = parts.Definition,
            [Persons] = RegisterLines.Write(parts.Persons),
            [ReadMe] = Encoding.UTF8.GetBytes(Words(parts)),
        };
        if (parts.Judgement is BundleJudgement judgement)
        {
            files[Evidence] = judgement.Evidence;
            files[Envelopes] = EnvelopeLines.Write(judgement.Envelopes);
            files[Devices] = RegisterLines.Write(judgement.Devices);
            if (judgement.Standard is ReadOnlyMemory<byte> standard) files[Standard] = standard;
        }
        foreach ((string hash, ReadOnlyMemory<byte> text) in parts.Definitions) files[$"{Definitions}{hash}.yaml"] = text;
        foreach ((string hash, ReadOnlyMemory<byte> document) in parts.Filed) files[Filed + hash] = document;
        foreach ((string name, ReadOnlyMemory<byte> document) in parts.Documents) files[name] = document;
        var sums = new StringBuilder();
        foreach ((string name, ReadOnlyMemory<byte> bytes) in files) sums.Append($"{HashOf(bytes)}  {name}\n");
        files[Sums] = Encoding.UTF8.GetBytes(sums.ToString());
        return files;
    }

    /// <summary>Names and hashes of the documents that rest on an assessment, in ledger order.</summary>
    public static IEnumerable<(LedgerEntry Entry, string File, string Sha256)> DocumentsOf(
        IEnumerable<LedgerEntry> entries, LedgerEntry judged)
    {
        foreach (LedgerEntry entry in entries)
        {
            bool isDocument = entry.Kind is LedgerKinds.Notice or LedgerKinds.Release;
            if (!isDocument || JudgedEntry.RestsOn(entry) != judged.Number) continue;
            yield return DocumentOf(entry);
        }
    }

    /// <summary>Name and hash of the document that an entry seals.</summary>
    internal static (LedgerEntry Entry, string File, string Sha256) DocumentOf(LedgerEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Body);
        return (
            entry, json.RootElement.GetProperty("file").GetString() ?? "",
            json.RootElement.GetProperty("documentSha256").GetString() ?? "");
    }

    /// <summary>The hash that a file's name says; null of a file that is named otherwise.</summary>
    internal static string? HashIn(string name)
    {
        if (name.StartsWith(Filed, StringComparison.Ordinal)) return name[Filed.Length..];
        return name.StartsWith(Definitions, StringComparison.Ordinal)
            ? name[Definitions.Length..].Replace(".yaml", "", StringComparison.Ordinal)
            : null;
    }

    /// <summary>SHA-256 in 64 lower-case hexadecimal digits.</summary>
    internal static string HashOf(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));

    private static byte[] WriteManifest(BundleParts parts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CanonicalJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("bundle", Format);
            json.WriteNumber("entry", parts.Subject.Target.Number);
            // Without one there is no judgement from readings to compute again.
            if (parts.Subject.Judged is LedgerEntry judged) json.WriteNumber("assessment", judged.Number);
            else json.WriteNull("assessment");
            json.WriteStartObject("ledger");
            json.WriteNumber("entries", parts.Ledger[^1].Number);
            json.WriteString("hash", parts.Ledger[^1].Hash);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] WriteLedger(IReadOnlyList<LedgerEntry> entries)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        foreach (LedgerEntry entry in entries)
        {
            buffer.Write(entry.Bytes.Span);
            buffer.Write("\n"u8);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Words(BundleParts parts) => string.Create(CultureInfo.InvariantCulture, $"""
        证据包：第 {parts.Subject.Target.Number} 号存证记录（{parts.Subject.Target.Kind}）
        Evidence bundle of ledger entry {parts.Subject.Target.Number} ({parts.Subject.Target.Kind})

        本包含有重新计算该结论所需的全部内容，无需网络，也无需对方的数据库：
          monitor verify 本文件.zip
        逐步核对：文件摘要、存证链、读数与原始报文、复核记录、重新评判、信用账户、重新排印、签名。
        结果一致（退出码 0），或指出第一处不一致（退出码 1）。

        All that is needed to compute this result again, offline and without the other party's database:
          monitor verify THIS-FILE.zip
        Step by step: hashes of the files, the chain, readings against the envelopes they came in, reviews, the
        judgement, the account of credits, the document, the signatures. Exit code 0, or 1 and the first difference.

        不用本软件也可核对摘要 / the hashes can be checked without Monitor:  sha256sum -c {Sums}

        {Manifest}     what this bundle is of, and the head of the ledger
        {Ledger}     every entry of the ledger, one a line; the hash of an entry is the SHA-256 of its line
        {Evidence}   the inputs that a judgement sealed: header, reviews and suspensions, readings
        {Envelopes}  the batches as the devices sent them
        {Devices}    keys that the devices were registered with
        {Persons}    keys that the persons were registered with
        {Definition}   the programme: terms and where each number comes from
        {Standard}     the water-quality standard (river programmes)
        {Definitions}      other texts of the programme, that earlier entries of the bank name, by SHA-256
        documents/        the documents that were printed of it
        {Filed}            documents that persons filed, by SHA-256 (where they were asked for)
        """).ReplaceLineEndings("\n") + "\n";
}

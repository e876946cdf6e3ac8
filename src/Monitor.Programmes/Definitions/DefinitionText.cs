using System.Security.Cryptography;

namespace Monitor.Programmes.Definitions;

/// <summary>The bytes of a definition and their hash: what a judgement names, seals and can be recomputed from.</summary>
/// <param name="File">File name as the user gave it, for messages only.</param>
/// <param name="Bytes">The file's bytes, kept verbatim.</param>
public sealed record DefinitionText(string File, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes.Span));
}

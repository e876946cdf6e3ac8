using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;

namespace Monitor.Server.Jobs;

/// <summary>
/// The name that a scene has by what is in it. Another byte of its pixels, another meaning of its numbers, other terms or
/// another algorithm is another scene.
/// </summary>
internal static class SceneIdentity
{
    /// <summary>The identity under which a bank's figures of the scene are stored.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">The bank.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="digest">SHA-256 of a file, by its path.</param>
    internal static string Of(WetlandProgramme programme, WetlandBank bank, SceneSource scene, Func<string, byte[]> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in scene.Files) hash.AppendData(digest(file));
        // What the numbers mean is part of what they are: other scaling, other figures.
        FormattableString meaning = $"{scene.Scale:R} {scene.Offset:R} {scene.RedScaling} {scene.NirScaling} {scene.NoData}";
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(meaning)));
        if (scene.LeavesOutWater) hash.AppendData(Encoding.UTF8.GetBytes($"green {scene.GreenScaling}"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{programme.Text.Sha256} {bank.Id} {SiteFigures.Algorithm}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Identifier.LengthMax];
    }

    /// <summary>SHA-256 of a file as it is now.</summary>
    internal static byte[] Digest(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return SHA256.HashData(stream);
    }
}

using Xunit;

namespace Monitor.Tests.House;

/// <summary>Fails with every fault in full, one a line, as path:line where there is one.</summary>
internal static class Faults
{
    public static void AreNone(IEnumerable<string> faults)
    {
        string[] all = [.. faults];
        Assert.True(all.Length == 0, $"{all.Length} found:\n" + string.Join('\n', all));
    }
}

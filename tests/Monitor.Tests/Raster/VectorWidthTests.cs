using System.Diagnostics;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "128")]
    [InlineData("DOTNET_EnableHWIntrinsic", "64")]
    public async Task The_kernels_pass_their_tests_with_narrower_vectors(string switchedOff, string bits)
    {
        string assembly = typeof(VectorWidthTests).Assembly.Location;
        string program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [switchedOff] = "0", ["MONITOR_TEST_VECTOR_BITS"] = bits },
        };
        foreach (Type type in (Type[])[typeof(NdviKernelTests), typeof(RasterTallyTests)])
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(type.FullName!);
        }
        using Process child = Process.Start(start)!;
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task<string> output = child.StandardOutput.ReadToEndAsync(ceiling.Token);
        Task<string> errors = child.StandardError.ReadToEndAsync(ceiling.Token);
        await child.WaitForExitAsync(ceiling.Token);

        string said = await output + await errors;
        Assert.True(child.ExitCode == 0, said);
        Assert.Contains("Failed: 0", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Total: 0", said, StringComparison.Ordinal);
    }
}

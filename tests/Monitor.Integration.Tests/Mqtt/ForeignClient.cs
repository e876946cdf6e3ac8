using System.Diagnostics;
using Xunit;

namespace Monitor.Integration.Tests.Mqtt;

/// <summary>Another make's client, run to its end as a process.</summary>
internal static class ForeignClient
{
    /// <summary>Its standard output; fails the test, with both outputs, when it exits other than 0.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var output = process.StandardOutput.ReadToEndAsync(ceiling.Token);
            var errors = process.StandardError.ReadToEndAsync(ceiling.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ceiling.Token);
            Assert.True(process.ExitCode == 0,
                $"{program} exited with {process.ExitCode}: {await output}{await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>A Python 3 that has paho-mqtt, or a failed test that names the package.</summary>
    public static async Task<string> PahoAsync(string script, params string[] arguments)
    {
        string python = Mosquitto.Find("python3", "python3");
        Assert.True("1" == (await RunAsync(python, ["-c",
            "import importlib.util as u; print(1 if u.find_spec('paho') else 0, end='')"])),
            "paho-mqtt is missing: install the Debian package python3-paho-mqtt.");
        return await RunAsync(python, ["-", .. arguments], script);
    }
}

using Monitor.Cli.Verbs;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

public sealed class SceneProgressTests
{
    private sealed class Clock : TimeProvider
    {
        internal long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }

    [Fact]
    public void Elsewhere_than_on_a_terminal_each_tenth_has_one_line_once_two_seconds_are_over()
    {
        var clock = new Clock();
        using var text = new StringWriter { NewLine = "\n" };
        using (var progress = new SceneProgress("ndvi", text, isTerminal: false, clock))
        {
            progress.Report(0.15);
            Assert.Equal("", text.ToString());
            clock.Milliseconds = 2000;
            foreach (double part in (double[])[0.31, 0.32, 0.39, 0.40, 0.38, 1]) progress.Report(part);
        }
        Assert.Equal("ndvi: 30 %\nndvi: 40 %\nndvi: 100 %\n", text.ToString());
    }

    [Fact]
    public void On_a_terminal_a_percentage_stands_in_its_place_and_goes_away()
    {
        var clock = new Clock();
        using var text = new StringWriter();
        using (var progress = new SceneProgress("zones", text, isTerminal: true, clock))
        {
            progress.Report(0.1);
            clock.Milliseconds = 500;
            progress.Report(0.4);
            progress.Report(0.404);
            progress.Report(0.41);
        }
        Assert.Equal($"\rzones: 40 %\rzones: 41 %\r{new string(' ', 12)}\r", text.ToString());
    }
}

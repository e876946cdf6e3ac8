using System.Globalization;
using Monitor.Imagery;

namespace Monitor.Cli.Verbs;

/// <summary>
/// How far a long verb has come, on stderr: on a terminal a percentage that changes in its place, elsewhere one line for
/// each tenth; nothing where it is done at once.
/// </summary>
internal sealed class SceneProgress : IProgress<double>, IDisposable
{
    private static readonly TimeSpan QuietOnTerminal = TimeSpan.FromMilliseconds(500), QuietElsewhere = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly TextWriter target;
    private readonly TimeProvider clock;
    private readonly string what;
    private readonly bool isTerminal;
    private readonly long started;
    private int shown = -1;

    internal SceneProgress(string what, TextWriter target, bool isTerminal, TimeProvider clock)
    {
        (this.what, this.target, this.isTerminal, this.clock) = (what, target, isTerminal, clock);
        started = clock.GetTimestamp();
    }

    /// <summary>On the process's own stderr.</summary>
    internal static SceneProgress Start(string what) =>
        new(what, Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>What a verb hands on to the work.</summary>
    internal RunControl Control(CancellationToken cancellation) => new(cancellation, this);

    /// <inheritdoc/>
    public void Report(double value)
    {
        int step = isTerminal ? (int)(value * 100) : (int)(value * 10) * 10;
        lock (gate)
        {
            if (step <= shown || clock.GetElapsedTime(started) < (isTerminal ? QuietOnTerminal : QuietElsewhere)) return;
            shown = step;
            string text = string.Create(CultureInfo.InvariantCulture, $"{what}: {step} %");
            if (isTerminal) target.Write($"\r{text}");
            else target.WriteLine(text);
        }
    }

    /// <summary>Takes the percentage off the terminal again.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isTerminal && shown >= 0) target.Write($"\r{new string(' ', what.Length + 7)}\r");
        }
    }
}

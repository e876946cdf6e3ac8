using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>A demonstration that ran undisturbed to its end; to be read, and copied before it is spoiled.</summary>
[CollectionDefinition(Collection)]
public sealed class FinishedDemo : IAsyncLifetime, ICollectionFixture<FinishedDemo>
{
    /// <summary>Tests that use it.</summary>
    internal const string Collection = "finished demo";

    private readonly TempFolder _folder = new();

    /// <summary>Its data folder.</summary>
    internal string Root => _folder["data"];

    /// <summary>What it printed.</summary>
    internal string Summary { get; private set; } = "";

    /// <summary>How long it took: to spread random moments over such a run, never to be asserted.</summary>
    internal TimeSpan Length { get; private set; }

    public async ValueTask InitializeAsync()
    {
        long started = TimeProvider.System.GetTimestamp();
        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor", "demo", "--once", "--json", "--data", Root);
        Assert.True(code == 0, errors);
        (Summary, Length) = (output, TimeProvider.System.GetElapsedTime(started));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

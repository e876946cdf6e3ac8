using System.Collections.Concurrent;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>What a service logs, to be waited for; and its errors, of which a test expects none.</summary>
internal sealed class ServiceLog : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly ConcurrentQueue<string> _errors = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyCollection<string> Errors => _errors;

    /// <summary>How many lines hold the words.</summary>
    internal int Count(string words)
    {
        lock (_gate) return _lines.Count(line => line.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Waits until so many lines hold the words.</summary>
    internal async Task SeeAsync(string words, int times = 1)
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ceiling.CancelAfter(Support.ProgramProcess.Ceiling);
        while (true)
        {
            Task next;
            lock (_gate) next = _next.Task;
            if (Count(words) >= times) return;
            await next.WaitAsync(ceiling.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose() { }

    private void Add(LogLevel level, string line)
    {
        if (level >= LogLevel.Error) _errors.Enqueue(line);
        lock (_gate)
        {
            _lines.Add(line);
            _next.TrySetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Logger(ServiceLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Add(logLevel, $"{category}: {formatter(state, exception)} {exception}");
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Monitor.Domain;

namespace Monitor.Edge;

/// <summary>
/// The fault tests' one hold on this process: at a step named by the environment it kills itself with SIGKILL, as a
/// power
/// cut would. Not armed, a step costs the reading of one field.
/// </summary>
internal static class CrashPoint
{
    private const string Variable = "MONITOR_TEST_DIE_AT";
    private const string TestVariable = "MONITOR_TEST";

    private static string? armed;
    private static int remaining;

    /// <summary>
    /// Reads <c>MONITOR_TEST_DIE_AT=STEP[:N]</c>: die when the step is reached for the Nth time. Steps of other
    /// programs
    /// are never reached here, since a child inherits the environment.
    /// </summary>
    /// <exception cref="InputException">No number, or not in a test (<c>MONITOR_TEST=1</c>).</exception>
    internal static void Arm()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text) return;
        if (Environment.GetEnvironmentVariable(TestVariable) != "1") throw new InputException(
            $"{Variable} is set, which kills this program on purpose.",
            $"Unset it. Only a test may set it, together with {TestVariable}=1.", field: Variable);
        string[] parts = text.Split(':');
        int count = 1;
        bool counted = parts.Length == 1 || (parts.Length == 2
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0);
        if (!counted) throw new InputException(
            $"'{text}' is no step.", "Write STEP or STEP:N, N from 1.", field: Variable);
        (armed, remaining) = (parts[0], count);
    }

    /// <summary>
    /// The step is reached now; where it is the armed one for the last time, nothing after this runs.
    /// </summary>
    internal static void Reach(string step)
    {
        if (armed is null || armed != step) return;
        if (Interlocked.Decrement(ref remaining) != 0) return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}

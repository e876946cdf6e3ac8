namespace Monitor.Cli;

/// <summary>What the program's exit means to a script; see the contracts of the command line in the README.</summary>
internal static class ExitCode
{
    /// <summary>Done; the answer is yes.</summary>
    internal const int Done = 0;

    /// <summary>The answer is no: does not verify, does not pass, differs.</summary>
    internal const int No = 1;

    /// <summary>Bad input: the message names file, line or field, and the remedy.</summary>
    internal const int BadInput = 2;

    /// <summary>Something failed inside or around the program: disk, store, missing library.</summary>
    internal const int Failure = 3;
}

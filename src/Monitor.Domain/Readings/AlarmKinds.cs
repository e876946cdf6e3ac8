namespace Monitor.Domain.Readings;

/// <summary>The words of an <see cref="AlarmArrival"/>.</summary>
public static class AlarmKinds
{
    /// <summary>A second connection of the same agent ended the first: a new start, or two machines with one id.</summary>
    public const string TakenOver = "taken-over";

    /// <summary>Two outboxes of one agent send by turns: two machines with one id.</summary>
    public const string TwoBoots = "two-boots";

    /// <summary>Batches come whose times are not to be believed; they are stored, and listed by the day they claim.</summary>
    public const string Clock = "clock";

    /// <summary>A client was not let in.</summary>
    public const string NotLetIn = "not-let-in";

    /// <summary>Something was published in another agent's or section's name.</summary>
    public const string Spoofed = "spoofed";

    /// <summary>A signature is missing or does not hold.</summary>
    public const string WrongSignature = "wrong-signature";

    /// <summary>The same identity came with other bytes.</summary>
    public const string Conflict = "conflict";

    /// <summary>A batch does not follow its neighbour.</summary>
    public const string BrokenChain = "broken-chain";

    /// <summary>The kind of a batch that the store kept apart.</summary>
    public static string Of(AppendOutcome outcome) => outcome == AppendOutcome.BrokenChain ? BrokenChain : Conflict;
}

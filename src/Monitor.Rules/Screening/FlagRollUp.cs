using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Several flags of one value as one: the highest wins in the order 9 &lt; 2 &lt; 1 &lt; 3 &lt; 4.</summary>
public static class FlagRollUp
{
    /// <summary>The flag that wins of two.</summary>
    public static QcFlag Worse(QcFlag left, QcFlag right) => Rank(left) >= Rank(right) ? left : right;

    /// <summary>One flag per value; without any test, nothing.</summary>
    /// <exception cref="ArgumentException">The tests are not of one length.</exception>
    public static QcFlag[] Combine(IReadOnlyList<IReadOnlyList<QcFlag>> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        if (tests.Count == 0) return [];
        var flags = new QcFlag[tests[0].Count];
        Array.Fill(flags, QcFlag.Missing);
        foreach (IReadOnlyList<QcFlag> test in tests)
        {
            Thresholds.CheckLengths(test.Count, flags.Length);
            for (int i = 0; i < flags.Length; i++) flags[i] = Worse(flags[i], test[i]);
        }
        return flags;
    }

    private static int Rank(QcFlag flag) => flag switch
    {
        QcFlag.Missing => 0,
        QcFlag.NotEvaluated => 1,
        QcFlag.Good => 2,
        QcFlag.Suspect => 3,
        QcFlag.Fail => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, "Not a flag."),
    };
}

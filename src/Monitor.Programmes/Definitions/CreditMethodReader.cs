using Monitor.Rules.Credits;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads how banks' credits are determined: the method from <c>determination</c>, its figures from each bank.</summary>
internal sealed class CreditMethodReader
{
    private readonly Func<DefinitionNode, CreditMethod> read;

    private CreditMethodReader(Func<DefinitionNode, CreditMethod> read) => this.read = read;

    /// <summary>Of the map <c>determination</c>.</summary>
    internal static CreditMethodReader Of(DefinitionNode determination)
    {
        string method = determination.Choice(
            "method", ("mean-score", "mean-score"), ("mean-score-gain", "mean-score-gain"), ("umam", "umam"),
            ("ratio", "ratio"));
        if (method == "umam")
        {
            IReadOnlyList<(int Years, decimal Factor)> table = ReadTimeLag(determination);
            return new CreditMethodReader(bank => ReadUmam(bank, table));
        }
        return new CreditMethodReader(method switch
        {
            "mean-score" => bank => new CreditMethod.MeanScore(Scores(bank, "scores")),
            "mean-score-gain" => ReadGain,
            _ => ReadRatio,
        });
    }

    /// <summary>Of a bank.</summary>
    internal CreditMethod Read(DefinitionNode bank) => read(bank);

    /// <summary>The functional scores with the project; none where the method has none.</summary>
    internal static IReadOnlyList<decimal> ScoresOf(CreditMethod method) => method switch
    {
        CreditMethod.MeanScore mean => mean.Scores,
        CreditMethod.MeanScoreGain gain => gain.Scores,
        _ => [],
    };

    private static CreditMethod.MeanScoreGain ReadGain(DefinitionNode bank)
    {
        (List<decimal> with, List<decimal> baseline) = (Scores(bank, "scores"), Scores(bank, "baseline_scores"));
        if (with.Count == baseline.Count) return new CreditMethod.MeanScoreGain(with, baseline);
        bank.At("baseline_scores").Fault(
            $"there are {baseline.Count} scores before and {with.Count} with the project.", "Score the same functions twice.");
        return new CreditMethod.MeanScoreGain([0], [0]);
    }

    private static CreditMethod.Ratio ReadRatio(DefinitionNode bank)
    {
        decimal ratio = bank.Number("ratio");
        if (ratio > 0) return new CreditMethod.Ratio(ratio);
        bank.At("ratio").Fault($"{ratio} is not above 0.", "Write the area for one credit, as 3 for 3:1.");
        return new CreditMethod.Ratio(1);
    }

    private static CreditMethod.Umam ReadUmam(DefinitionNode bank, IReadOnlyList<(int Years, decimal Factor)> table)
    {
        DefinitionNode node = bank.Map("umam");
        (UmamScores current, UmamScores with) = (ReadScores(node.Map("current")), ReadScores(node.Map("with_project")));
        if (current.Water is null != with.Water is null)
        {
            node.Fault("water is scored on one side only.", "Score it on both; on neither for uplands.");
        }
        int years = node.Integer("time_lag_years", 0, 1000);
        decimal risk = node.Number("risk");
        if (risk is < 1 or > 3) node.At("risk").Fault($"{risk} is not from 1 to 3.", "Correct it.");
        var assessment = new UmamAssessment(
            current, with, node.Has("preservation") ? node.Share("preservation") : 1,
            table.FirstOrDefault(t => years <= t.Years, (0, 0)).Factor, risk);
        if (assessment.TimeLag < 1) node.At("time_lag_years").Fault(
            $"the table of time lags does not reach {years} years.", "Add a row to determination.time_lag.");
        node.Close();
        return new CreditMethod.Umam(
            assessment.TimeLag >= 1 && assessment.Risk >= 1 ? assessment : assessment with { TimeLag = 1, Risk = 1 });
    }

    private static UmamScores ReadScores(DefinitionNode node)
    {
        var scores = new UmamScores(
            node.Number("location"), node.Has("water") ? node.Number("water") : null, node.Number("community"));
        bool isRight = new[] { scores.Location, scores.Water ?? 0, scores.Community }.All(s => s is >= 0 and <= 10);
        if (!isRight) node.Fault("a score is not from 0 to 10.", "Correct it.");
        node.Close();
        return scores;
    }

    // Rows of {years, factor}: the factor holds up to that many years, inclusive.
    private static List<(int Years, decimal Factor)> ReadTimeLag(DefinitionNode determination)
    {
        List<(int, decimal)> table = [];
        foreach (DefinitionNode row in determination.List("time_lag"))
        {
            (int years, decimal factor) = (row.Integer("years", 0, 1000), row.Number("factor"));
            if (factor < 1) row.Fault($"{factor} is below 1.", "A later gain is never worth more.");
            if (table.Count > 0 && years <= table[^1].Item1) row.Fault("the rows are not in ascending order.", "Sort them.");
            table.Add((years, factor));
            row.Close();
        }
        return table;
    }

    private static List<decimal> Scores(DefinitionNode node, string key)
    {
        List<decimal> scores = [.. node.List(key).Select(n => n.Number())];
        if (scores.Exists(s => s is < 0 or > 1)) node.At(key).Fault("a score is not from 0 to 1.", "Correct it.");
        if (scores.Count == 0) scores.Add(0);
        return scores;
    }
}

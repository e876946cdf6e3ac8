namespace Monitor.Programmes.Definitions;

/// <summary>What hangs together in a wetland programme, and where the law wants more than a file asks.</summary>
internal static class WetlandProgrammeCheck
{
    // The domain's reading of "significant" (33 CFR 332.8(o)(8)): the rule prints no figure.
    private const int BeforeProofMax = 50, FinalShareMin = 25;

    // 33 CFR 332.6(b): not less than five years.
    private const int YearsMin = 5;

    /// <summary>Faults of banks that a criterion cannot be judged at.</summary>
    internal static void FaultBanks(WetlandProgramme programme, DefinitionNode root)
    {
        if (programme.Banks.Count == 0) return;
        bool needsYears = programme.Parts.Any(p => p.Criterion is { Stage: not null } or ByHydrology or BySurvey);
        bool needsWells = programme.Parts.Any(p => p.Criterion is ByHydrology);
        IReadOnlyList<DefinitionNode> nodes = root.List("banks");
        for (int i = 0; i < programme.Banks.Count; i++)
        {
            MonitoringTerms? monitoring = programme.Banks[i].Monitoring;
            if (needsYears && monitoring is null) nodes[i].Fault(
                "no first monitoring year is said, and a criterion counts from it.",
                "Write `monitoring: { first_year: 2025, … }`.");
            else if (needsWells && monitoring!.Wells.Count == 0) nodes[i].At("monitoring").Fault(
                "no well is named, and a criterion asks for wells.", "Write `wells: [id, …]`, each the id of its agent.");
            else if (needsWells && monitoring!.RainfallAgent is null) nodes[i].At("monitoring").Fault(
                "nobody is named who says how a year's rain ranks, and a criterion asks for it.",
                "Write `rainfall: id`, the id of the weather service's agent.");
        }
    }

    /// <summary>Warns where the federal rule asks for more.</summary>
    internal static void Warn(WetlandProgramme programme, DefinitionNode milestones, bool isCumulative)
    {
        DefinitionNode list = milestones.At("list");
        WarnOfLateProof(programme, list);
        WarnOfFewYears(programme, list);
        Milestone? last = programme.Milestones.Count > 0 ? programme.Milestones[^1] : null;
        if (isCumulative && last is not null && last.SharePercent < FinalShareMin) list.Warn(
            $"only {last.SharePercent} % is held for the final standards ({last.Id}).",
            "33 CFR 332.8(o)(8) asks that a significant share be reserved for them; see that this is wanted.");
        if (programme.Milestones.Count > 1 && programme.Milestones[0].Criterion is not ByDocument) list.Warn(
            $"the first release ({programme.Milestones[0].Id}) rests on no document.",
            "33 CFR 332.8(t)(1): long-term protection must be final before any credits are released; let a document show it.");
    }

    // 33 CFR 332.8(o)(8): a significant share is to be reserved for full achievement of the ecological standards.
    private static void WarnOfLateProof(WetlandProgramme programme, DefinitionNode list)
    {
        decimal before = programme.Milestones.TakeWhile(m => !m.Criterion.IsEcological).Sum(m => m.SharePercent);
        if (before <= BeforeProofMax) return;
        list.Warn(
            $"{before} % is released before the first ecological criterion.",
            "The law asks that a significant share be reserved for the final standards (33 CFR 332.8(o)(8)); "
            + "see that this is wanted.");
    }

    private static void WarnOfFewYears(WetlandProgramme programme, DefinitionNode list)
    {
        if (programme.Milestones.Max(m => m.Criterion.Stage) is not int last || last >= YearsMin) return;
        list.Warn(
            $"the schedule ends with monitoring year {last}.",
            "33 CFR 332.6(b) asks for not less than five years of monitoring; see that the plan goes on without credits.");
    }
}

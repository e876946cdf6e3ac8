using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>What only shows when the parts of a programme are looked at together.</summary>
internal static class RiverProgrammeCheck
{
    private const decimal LoadShareMin = 0.8m;

    /// <summary>Runs every check of the whole.</summary>
    internal static void Run(RiverProgramme programme, DefinitionNode root)
    {
        CheckIndicators(programme, root);
        CheckTargets(programme, root);
        CheckLimits(programme, root);
        CheckLoads(programme, root);
        if (programme.Inflow is not null && !programme.Outcome.Parts.Any(p => p is TiersPart or MassExcessPart))
        {
            root.At("inflow").Warn("no part of the outcome looks at the inflow.", "Remove it, or use tiers or mass-excess.");
        }
        int aDay = 24 / programme.IntervalHours;
        if (programme.Validity.DayReadingsMin > aDay)
        {
            root.Map("validity").Map("day").At("readings_min").Warn(
                $"a day has {aDay} readings, one in {programme.IntervalHours} hours.",
                "No day can be valid; correct one of the two.");
        }
    }

    // Tonnes fall with every slot that is missing, and rise with what could not be detected.
    private static void CheckLoads(RiverProgramme programme, DefinitionNode root)
    {
        bool hasLoad = programme.Index.Terms.SelectMany(t => t.Parts).Any(p => p.Statistic == PartStatistic.Load)
            || programme.Outcome.Parts.OfType<MassExcessPart>().Any(p => p.ByPairs);
        if (!hasLoad) return;
        if (programme.Validity.MonthShareMin < LoadShareMin)
        {
            root.Map("validity").Map("month").At("share_min").Warn(
                $"tonnes are summed over the slots that were measured, and {programme.Validity.MonthShareMin} of a month's days "
                + "is enough: gaps make a load less.",
                $"Ask for {LoadShareMin} or more, or say under `assumed` why less will do.");
        }
        if (programme.BelowDetectionFactor > 0)
        {
            root.Map("detection").At("below").Warn(
                "a load counts what was not detected as mass.", "Loads take it as zero (SL 219): write `zero`.");
        }
    }

    // An indicator without limits would silently decide nothing.
    private static void CheckIndicators(RiverProgramme programme, DefinitionNode root)
    {
        IReadOnlyList<DefinitionNode> nodes = root.Map("class_indicators").List("measurands");
        for (int i = 0; i < nodes.Count; i++)
        {
            string code = programme.ClassIndicators[i];
            if (programme.Standard.Standard.Find(code, programme.Water) is not null) continue;
            // A warning: definitions that were sealed with such an indicator must be read for ever.
            nodes[i].Warn(
                $"{programme.Standard.Standard.Id} has no limits of '{code}' for this water.",
                "It decides no class; remove it from the class indicators.");
        }
    }

    private static void CheckTargets(RiverProgramme programme, DefinitionNode root)
    {
        if (programme.ClassBasis != ClassBasis.Target || programme.Bands.Count == 0) return;
        foreach (RiverSection section in programme.Sections.Where(s => !programme.Bands.Any(b => b.IsFor(s.Target))))
        {
            root.At(root.Has("bands") ? "bands" : "outcome").Warn(
                $"the table has no row for class {section.Target}, the target of {section.Id}.",
                "Such a section is judged undefined-in-source.");
        }
    }

    private static void CheckLimits(RiverProgramme programme, DefinitionNode root)
    {
        IReadOnlyList<DefinitionNode> nodes = root.List("sections");
        foreach (OutcomePart part in programme.Outcome.Parts)
        {
            (LimitBasis over, IEnumerable<string> measurands) = part switch
            {
                TiersPart tiers => (tiers.Over, tiers.Measurands),
                MassExcessPart mass => (mass.Over, mass.Prices.Select(p => p.Measurand)),
                _ => (default, []),
            };
            foreach (string code in measurands)
            {
                if (programme.Standard.Standard.Find(code, programme.Water) is { Direction: not LimitDirection.AtMost })
                {
                    root.At("outcome").Fault(
                        $"{part.Name}: '{code}' has no exceedance, since less of it is not better.",
                        "Leave it out: pH and dissolved oxygen have no multiple (环办〔2011〕22号).");
                    continue;
                }
                for (int i = 0; i < nodes.Count; i++)
                {
                    if (over.Of(programme, programme.Sections[i], code) is not null) continue;
                    nodes[i].Fault(
                        $"{part.Name} needs a limit of {code}, and there is none.",
                        over.IsTarget || over.Class is not null
                            ? $"{programme.Standard.Standard.Id} has none; write `over: limits` and give it under limits."
                            : "Add it under the section's limits.");
                }
            }
        }
    }
}

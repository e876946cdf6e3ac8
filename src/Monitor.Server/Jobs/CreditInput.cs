using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;

namespace Monitor.Server.Jobs;

/// <summary>What every order on a bank must have in common; each fault names the option and the remedy.</summary>
internal static class CreditInput
{
    private const int TextLengthMax = 200;

    internal static void RequireTrader(Person person)
    {
        if (StatementSigner.MayTrade(person.Role)) return;
        throw new InputException(
            $"{person.Name} is registered as {person.Role.Name()} and cannot trade credits.",
            "A sponsor or an approver must.", field: "--key");
    }

    internal static void RequireApprover(Person person)
    {
        if (StatementSigner.MayOrder(person.Role)) return;
        throw new InputException(
            $"{person.Name} is registered as {person.Role.Name()}.", "An approver must.", field: "--key");
    }

    internal static void RequireText(string text, string field)
    {
        if (text.Trim().Length == 0 || text.Length > TextLengthMax || text.Any(char.IsControl)) throw new InputException(
            "The text is empty, too long, or holds control characters.", $"Use 1 to {TextLengthMax} characters.", field: field);
    }

    internal static void RequireCredits(decimal credits)
    {
        bool isWhole = decimal.Round(credits, ReleaseSchedule.CreditDigits) == credits;
        if (credits <= 0 || !isWhole || credits > 100_000_000) throw new InputException(
            $"{credits} is no number of credits.",
            $"Use a number above 0 with at most {ReleaseSchedule.CreditDigits} decimals.", field: "--credits");
    }

    internal static void RequirePlace(decimal longitude, decimal latitude)
    {
        if (Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90) return;
        throw new InputException(
            $"{longitude},{latitude} is no place.", "Write longitude and latitude in degrees, as 119.92,28.45.",
            field: "--place");
    }

    internal static string Plain(decimal number) => CanonicalAssessment.Plain(number)!;
}

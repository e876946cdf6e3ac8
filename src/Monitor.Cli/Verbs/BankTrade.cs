using System.CommandLine;
using Monitor.Domain;
using Monitor.Server.Jobs;

namespace Monitor.Cli.Verbs;

/// <summary><c>bank reserve</c>, <c>sell</c>, <c>transfer</c> and <c>except</c>: credits go to who needs them.</summary>
internal static class BankTrade
{
    internal static Command CreateReserve()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> credits = BankAct.Needed("--credits", "N", "Credits to reserve.");
        Option<string?> kind = ClassOption();
        Option<string> permittee = BankAct.Needed("--permittee", "TEXT", "For whom.");
        Option<string> reference = BankAct.Needed("--reference", "TEXT", "The contract's number; one reservation for each.");
        Option<string> until = BankAct.Needed("--until", "DAY", "Last day, inclusive, as 2026-06-30.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command(
            "reserve", "Promise credits. What is not released yet is a pre-sale and compensates nothing until it is.")
        {
            bank, credits, kind, permittee, reference, until, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
            desk.Credits.Reserve(terms, site, new ReservationOrder(
                parsed.GetRequiredValue(reference), BankAct.Number(parsed.GetRequiredValue(credits), "--credits"),
                parsed.GetValue(kind) ?? site.Class,
                parsed.GetRequiredValue(permittee), BankAct.Day(parsed.GetRequiredValue(until), "--until")), who)));
        return command;
    }

    internal static Command CreateSell()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> credits = BankAct.Needed("--credits", "N", "Credits that the permit asks for.");
        Option<string?> kind = ClassOption();
        Option<string> permit = BankAct.Needed("--permit", "TEXT", "Number of the permit that uses them.");
        Option<string> permittee = BankAct.Needed("--permittee", "TEXT", "Who holds the permit.");
        var project = new Option<string?>("--project") { Description = "What is built.", HelpName = "TEXT" };
        Option<string> place = PlaceOption();
        var basin = new Option<string?>("--basin") { Description = "Code of the basin (HUC).", HelpName = "CODE" };
        var price = new Option<string?>("--price") { Description = "Yuan paid.", HelpName = "YUAN" };
        var reference = new Option<string?>("--reference")
        {
            Description = "The contract's number; one sale for each. The permit's number by default.", HelpName = "TEXT",
        };
        var reservation = new Option<long?>("--reservation")
        {
            Description = "Sell what this entry reserved.", HelpName = "ENTRY",
        };
        var exception = new Option<long?>("--exception")
        {
            Description = "The approved exception from the service area.", HelpName = "ENTRY",
        };
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("sell", "Debit credits for a permit, for good. Refused, with exit 1, where they are not there.")
        {
            bank, credits, kind, permit, permittee, project, place, basin, price, reference, reservation, exception, key,
            programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
        {
            (decimal longitude, decimal latitude) = Place(parsed.GetRequiredValue(place));
            string number = parsed.GetRequiredValue(permit);
            return desk.Sales.Sell(terms, site, new SaleOrder(
                parsed.GetValue(reference) ?? number, BankAct.Number(parsed.GetRequiredValue(credits), "--credits"),
                parsed.GetValue(kind) ?? site.Class,
                number, parsed.GetRequiredValue(permittee), parsed.GetValue(project), longitude, latitude,
                parsed.GetValue(basin),
                parsed.GetValue(price) is string paid ? BankAct.Number(paid, "--price") : null,
                parsed.GetValue(reservation), parsed.GetValue(exception)), who);
        }));
        return command;
    }

    internal static Command CreateTransfer()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var sale = new Option<long>("--sale") { Description = "Entry of the sale.", HelpName = "ENTRY", Required = true };
        Option<string> to = BankAct.Needed("--to", "TEXT", "Who is responsible from now on.");
        Option<string> document = BankAct.DocumentOption("The transfer that both signed; kept as evidence.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("transfer", "Responsibility for a sale's compensation passes to the bank.")
        {
            bank, sale, to, document, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
        {
            string file = parsed.GetRequiredValue(document);
            return desk.Credits.Transfer(
                terms, site, parsed.GetRequiredValue(sale), parsed.GetRequiredValue(to), Path.GetFileName(file),
                BankVerb.Read(file), who);
        }));
        return command;
    }

    internal static Command CreateExcept()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> permit = BankAct.Needed("--permit", "TEXT", "The permit it is for.");
        Option<string> place = PlaceOption();
        var multiplier = new Option<string>("--multiplier")
        {
            Description = "Credits to debit for each that the permit asks for.", HelpName = "N",
            DefaultValueFactory = _ => "1",
        };
        Option<string> reason = BankAct.Needed("--reason", "TEXT", "Why.");
        Option<string> document = BankAct.DocumentOption("The request; kept as evidence.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("except", "Propose an exception from the service area; two persons decide it.")
        {
            bank, permit, place, multiplier, reason, document, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
        {
            (decimal longitude, decimal latitude) = Place(parsed.GetRequiredValue(place));
            string file = parsed.GetRequiredValue(document);
            return new CreditAnswer(desk.Credits.ProposeException(
                terms, site, parsed.GetRequiredValue(permit), longitude, latitude,
                BankAct.Number(parsed.GetRequiredValue(multiplier), "--multiplier"),
                parsed.GetRequiredValue(reason), Path.GetFileName(file), BankVerb.Read(file), who), null);
        }));
        return command;
    }

    private static Option<string?> ClassOption() => new("--class")
    {
        Description = "Class of credits that is asked for; the bank's by default.", HelpName = "CLASS",
    };

    private static Option<string> PlaceOption() => BankAct.Needed(
        "--place", "LON,LAT", "Where they are used: longitude and latitude, as 119.92,28.45.");

    private static (decimal, decimal) Place(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2
            ? (BankAct.Number(parts[0], "--place"), BankAct.Number(parts[1], "--place"))
            : throw new InputException(
                $"'{text}' is no place.", "Write longitude and latitude in degrees, as 119.92,28.45.", field: "--place");
    }
}

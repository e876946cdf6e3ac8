using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Server.Intake;
using Monitor.Server.Intake.Broker;
using Monitor.Server.Jobs;
using Monitor.Server.Projection;

namespace Monitor.Server.Api;

/// <summary>Whether the service works, and where it stands.</summary>
internal static class HealthApi
{
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/health", Health);
        routes.MapGet("/api/v1/ledger/head", Head);
    }

    private static IResult Head(ILedgerStore ledger)
    {
        LedgerHead head = ledger.Head;
        return Results.Json(new { entries = head.Entries, hash = head.Hash });
    }

    private static IResult Health(
        IReadingStore record, IntakeCommitter committer, JobBoard board, LateWatch late, HttpContext context)
    {
        try
        {
            IntakeTally tally = committer.Tally;
            return Results.Json(new
            {
                status = "ok",
                position = record.LastPosition,
                sinceStart = new
                {
                    readings = tally.Readings,
                    batches = tally.Batches,
                    repeats = tally.Repeats,
                    deadLettered = tally.DeadLetters,
                    refused = tally.Refused,
                    late = late.Readings,
                },
                broker = Broker(context.RequestServices.GetService<BrokerLink>()),
                influx = Influx(context.RequestServices.GetService<InfluxProjector>()),
                jobs = board.Jobs.Select(j => new
                {
                    name = j.Name,
                    lastRun = j.LastRun?.ToString(),
                    nextRun = j.NextRun?.ToString(),
                    runs = j.Runs,
                    done = j.Done,
                    waiting = j.Waiting,
                    faults = j.Faults,
                    lastFault = j.LastFault,
                }),
            });
        }
        catch (StoreUnavailableException e)
        {
            return Results.Json(new { status = "store-unavailable", reason = e.Message }, statusCode: 503);
        }
    }

    private static object? Influx(InfluxProjector? projector) => projector is null ? null : new
    {
        position = projector.Position, written = projector.Written, trouble = projector.Trouble,
    };

    private static object? Broker(BrokerLink? link) => link is null ? null : new
    {
        address = link.Address,
        up = link.Tally.IsUp,
        connections = link.Tally.Connections,
        newSessions = link.Tally.NewSessions,
        messages = link.Tally.Messages,
        acknowledged = link.Tally.Acknowledged,
    };
}

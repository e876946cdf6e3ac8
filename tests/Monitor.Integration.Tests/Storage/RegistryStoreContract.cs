using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

/// <summary>What every <see cref="IRegistryStore"/> keeps. A store's own test is a subclass that opens it.</summary>
public abstract class RegistryStoreContract : IDisposable
{
    private static readonly Instant At = new(SampleBatch.Start);
    private IRegistryStore? _store;

    /// <summary>Opens the one store of this test, again and again; several may be open at once.</summary>
    protected abstract IRegistryStore Open();

    /// <summary>Opens the readings of the same store.</summary>
    protected abstract IReadingStore OpenReadings();

    /// <summary>Keeps others from writing until disposed.</summary>
    protected abstract IDisposable HoldWriteLock();

    private IRegistryStore Store => _store ??= Open();

    [Fact]
    public void An_empty_store_has_position_0_and_no_records()
    {
        Assert.Equal(0, Store.LastPosition);
        Assert.Empty(Store.Read(new RecordQuery()));
        Assert.Null(Store.Find("a"));
    }

    [Fact]
    public void What_is_appended_reads_back_byte_for_byte_after_reopening()
    {
        // White space and the order of keys are kept: the bytes are what was signed.
        StoredRecord put = Store.Append(
            Draft(RecordKind.Review, "series/S-03/w21003/AN-22", "review/1", "{ \"b\":\"水\", \"a\":1 }"), At);
        Store.Dispose();
        _store = null;

        StoredRecord found = Assert.IsType<StoredRecord>(Store.Find("review/1"));
        Assert.Equal(put, found);
        Assert.Equal((1L, RecordKind.Review, "series/S-03/w21003/AN-22", At),
            (found.Position, found.Kind, found.Subject, found.RecordedAt));
        Assert.Equal("{ \"b\":\"水\", \"a\":1 }", Encoding.UTF8.GetString(found.Body.Span));
    }

    [Theory]
    [InlineData(RecordKind.Registry)]
    [InlineData(RecordKind.Review)]
    [InlineData(RecordKind.Suspension)]
    [InlineData(RecordKind.Lifting)]
    [InlineData(RecordKind.Calibration)]
    public void Every_kind_is_taken(RecordKind kind)
    {
        Store.Append(Draft(kind, "a/b", "k"), At);
        Assert.Equal(kind, Assert.Single(Store.Read(new RecordQuery { Kind = kind })).Kind);
    }

    [Fact]
    public void The_same_record_again_is_stored_once_and_keeps_its_place_and_time()
    {
        StoredRecord first = Store.Append(Draft(RecordKind.Registry, "person/甲", "person/甲/1"), At);
        Store.Append(Draft(RecordKind.Registry, "person/乙", "person/乙/1"), At);
        StoredRecord again = Store.Append(
            Draft(RecordKind.Registry, "person/甲", "person/甲/1"), new Instant(At.UnixMilliseconds + 1));
        Assert.Equal(first, again);
        Assert.Equal(2, Store.LastPosition);
    }

    [Fact]
    public void A_key_with_another_kind_subject_or_body_is_refused_and_takes_no_position()
    {
        Store.Append(Draft(RecordKind.Registry, "person/a", "k", "{\"n\":1}"), At);
        foreach (RecordDraft other in new[]
        {
            Draft(RecordKind.Review, "person/a", "k", "{\"n\":1}"),
            Draft(RecordKind.Registry, "person/b", "k", "{\"n\":1}"),
            Draft(RecordKind.Registry, "person/a", "k", "{\"n\":2}"),
        })
        {
            RecordKeyConflictException refused =
                Assert.Throws<RecordKeyConflictException>(() => Store.Append(other, At));
            Assert.Equal(("k", 1L), (refused.Key, refused.Position));
        }
        Assert.Equal(1, Store.LastPosition);
        Assert.Equal(2, Store.Append(Draft(RecordKind.Registry, "person/b", "l"), At).Position);
    }

    [Fact]
    public void Readings_and_records_share_one_sequence_without_gaps()
    {
        using IReadingStore readings = OpenReadings();
        readings.Append([new BatchArrival(SampleBatch.Hourly(1, count: 3))], At); // 1, 2, 3
        Assert.Equal(4, Store.Append(Draft(RecordKind.Review, "series/S-03/w21003", "a"), At).Position);
        readings.Append([new BatchArrival(SampleBatch.Hourly(2, count: 2))], At); // 5, 6
        Assert.Equal(7, Store.Append(Draft(RecordKind.Review, "series/S-03/w21003", "b"), At).Position);

        Assert.Equal((7L, 7L), (Store.LastPosition, readings.LastPosition));
        StoredReading[] stored = [.. readings.Read(new ReadingQuery(
            "S-03", Statistic.Hour, new Instant(0), new Instant(long.MaxValue), long.MaxValue))];
        Assert.Equal([1L, 2, 3, 5, 6], stored.Select(r => r.Position).Order());
        Assert.Equal(new StoreCounts(5, 5, 2, 0, 0), readings.Count());
    }

    [Fact]
    public void Writers_side_by_side_never_get_the_same_position()
    {
        const int writers = 4, each = 25;
        using IReadingStore readings = OpenReadings();
        IRegistryStore[] stores = [.. Enumerable.Range(0, writers).Select(_ => Open())];
        try
        {
            Parallel.For(0, writers + 1, w =>
            {
                for (int i = 0; i < each; i++)
                {
                    if (w == writers) readings.Append([new BatchArrival(SampleBatch.Hourly(i + 1, count: 2))], At);
                    else stores[w].Append(Draft(RecordKind.Review, $"series/S-0{w}", $"{w}/{i}"), At);
                }
            });
        }
        finally
        {
            foreach (IRegistryStore store in stores) store.Dispose();
        }
        IEnumerable<long> taken = Store.Read(new RecordQuery()).Select(r => r.Position).Concat(readings.Read(
            new ReadingQuery("S-03", Statistic.Hour, new Instant(0), new Instant(long.MaxValue), long.MaxValue))
            .Select(r => r.Position));
        // 4 × 25 records and 25 × 2 readings.
        Assert.Equal(Enumerable.Range(1, 150).Select(p => (long)p), taken.Order());
        Assert.Equal(150, Store.LastPosition);
    }

    [Fact]
    public void A_query_narrows_by_kind_subject_and_position()
    {
        Store.Append(Draft(RecordKind.Review, "series/S-03/w21003", "1"), At);
        Store.Append(Draft(RecordKind.Review, "series/S-031/w21003", "2"), At);
        Store.Append(Draft(RecordKind.Calibration, "series/S-03/w21003/AN-22", "3"), At);
        Store.Append(Draft(RecordKind.Review, "series/S-03", "4"), At);
        Store.Append(Draft(RecordKind.Review, "series/S-03-B", "5"), At);

        Assert.Equal("12345", Keys(new RecordQuery()));
        Assert.Equal("134", Keys(new RecordQuery { Subject = "series/S-03" }));
        Assert.Equal("14", Keys(new RecordQuery { Subject = "series/S-03", Kind = RecordKind.Review }));
        Assert.Equal("13", Keys(new RecordQuery { Subject = "series/S-03", UpToPosition = 3 }));
        Assert.Equal("13", Keys(new RecordQuery { Subject = "series/S-03/w21003" }));
        Assert.Equal("", Keys(new RecordQuery { Subject = "series/S" }));
        Assert.Equal("3", Keys(new RecordQuery { Kind = RecordKind.Calibration }));

        string Keys(RecordQuery query) => string.Concat(Store.Read(query).Select(r => r.Key));
    }

    [Fact]
    public void A_store_that_another_holds_says_so_and_takes_the_record_later()
    {
        _ = Store.LastPosition;
        using (HoldWriteLock())
        {
            Assert.Throws<StoreUnavailableException>(() => Store.Append(Draft(RecordKind.Review, "a", "k"), At));
        }
        Assert.Equal(1, Store.Append(Draft(RecordKind.Review, "a", "k"), At).Position);
    }

    [Theory]
    [InlineData("", "k", "{}")]
    [InlineData("a b", "k", "{}")]
    [InlineData("a", "", "{}")]
    [InlineData("a", "k", "")]
    [InlineData("a", "k", "[1]")]
    [InlineData("a", "k", "{\"a\":1} x")]
    public void A_name_with_a_blank_or_a_body_that_is_no_object_is_no_record(string subject, string key, string body) =>
        Assert.Throws<ArgumentException>(() => Draft(RecordKind.Review, subject, key, body));

    public void Dispose()
    {
        _store?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test wrote.</summary>
    protected abstract void Clean();

    private static RecordDraft Draft(RecordKind kind, string subject, string key, string body = "{}") =>
        new(kind, subject, key, Encoding.UTF8.GetBytes(body));
}

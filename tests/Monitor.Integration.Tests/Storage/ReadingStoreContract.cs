using Monitor.Domain;
using Monitor.Domain.Readings;
using Xunit;

namespace Monitor.Integration.Tests.Storage;

/// <summary>What every <see cref="IReadingStore"/> keeps. A store's own test is a subclass that opens it.</summary>
public abstract class ReadingStoreContract : IDisposable
{
    private static readonly Instant Received = new(SampleBatch.Start + 5000);
    private IReadingStore? _store;

    /// <summary>Opens the one store of this test, again and again.</summary>
    protected abstract IReadingStore Open();

    /// <summary>Opens the same store with no more room than it takes to be made.</summary>
    protected abstract IReadingStore OpenWithoutRoom();

    /// <summary>Keeps others from writing until disposed.</summary>
    protected abstract IDisposable HoldWriteLock();

    private IReadingStore Store => _store ??= Open();

    [Fact]
    public void An_empty_store_has_position_0_no_sections_and_counts_of_nothing()
    {
        Assert.Equal(0, Store.LastPosition);
        Assert.Empty(Store.Sections());
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 0), Store.Count());
        Assert.Empty(Store.Read(All()));
    }

    [Fact]
    public void What_is_appended_reads_back_digit_for_digit()
    {
        Reading[] readings =
        [
            SampleBatch.One(0, SampleBatch.Start, "0.40"),
            SampleBatch.One(1, SampleBatch.Start + 1, "<0.025", status: "sc", instrument: "AN-22", unit: "μg/L"),
            SampleBatch.One(2, SampleBatch.Start + 2, "-9223372036854775807"),
            SampleBatch.One(3, SampleBatch.Start + 3, ">0.000000000000000001"),
        ];
        Append(SampleBatch.Of(7, readings));

        StoredReading[] stored = [.. Store.Read(All())];

        Assert.Equal(readings, stored.Select(s => s.Reading));
        Assert.Equal([1L, 2, 3, 4], stored.Select(s => s.Position));
        Assert.All(stored, s => Assert.Equal(("A-017", "boot1", 7L, "S-03"), (s.Agent, s.Boot, s.Sequence, s.Section)));
        Assert.Equal(["0.40", "<0.025", "-9223372036854775807", ">0.000000000000000001"],
            stored.Select(s => s.Reading.Value.ToString()));
    }

    [Fact]
    public void Readings_of_all_sections_come_in_the_order_of_their_positions_and_as_many_as_are_asked_for()
    {
        Append(SampleBatch.Hourly(1, 3, section: "S-05"), SampleBatch.Hourly(2, 2, section: "S-03"));
        Append(SampleBatch.Of(1, [SampleBatch.One(0, SampleBatch.Start, "<0.025", "w01009", Statistic.Instantaneous, "sc",
            "AN-22", "μg/L")], agent: "A-018"));

        StoredReading[] all = [.. Store.After(0, 100)];

        Assert.Equal([1L, 2, 3, 4, 5, 6], all.Select(r => r.Position));
        Assert.Equal(["S-05", "S-05", "S-05", "S-03", "S-03", "S-03"], all.Select(r => r.Section));
        Assert.Equal([0, 1, 2, 0, 1, 0], all.Select(r => r.Reading.Index));
        Assert.Equal([3L, 4], Store.After(2, 2).Select(r => r.Position));
        Assert.Empty(Store.After(6, 100));
        // The same as by section: nothing of a reading is left out.
        Assert.Equal(Store.Read(All() with { Statistic = Statistic.Instantaneous }).Single(), all[^1]);
    }

    [Fact]
    public void A_batch_that_comes_again_changes_nothing_but_the_count_of_repeats()
    {
        Assert.Equal([AppendOutcome.Stored], Append(SampleBatch.Hourly(1)));
        Assert.Equal([AppendOutcome.Repeat], Append(SampleBatch.Hourly(1)));
        Assert.Equal([AppendOutcome.Stored, AppendOutcome.Repeat, AppendOutcome.Repeat],
            Append(SampleBatch.Hourly(2), SampleBatch.Hourly(2), SampleBatch.Hourly(1)));

        // 2 batches of 2 readings; batch 1 came 3 times and batch 2 twice: 2 + 1 repeats.
        Assert.Equal(new StoreCounts(4, 4, 2, 3, 0), Store.Count());
        Assert.Equal(4, Store.LastPosition);
    }

    [Fact]
    public void The_same_identity_with_other_bytes_is_kept_apart_and_the_first_stays()
    {
        Append(SampleBatch.Hourly(1));
        Assert.Equal([AppendOutcome.Conflict], Append(SampleBatch.Hourly(1, sent: SampleBatch.Start + 1)));
        Assert.Equal([AppendOutcome.Conflict], Append(SampleBatch.Hourly(1, count: 3)));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 2), Store.Count());
        Assert.Equal(2, Store.LastPosition);
    }

    [Fact]
    public void The_same_sequence_of_another_boot_or_agent_is_another_batch()
    {
        AppendOutcome[] outcomes = Append(SampleBatch.Hourly(1), SampleBatch.Hourly(1, boot: "boot2"),
            SampleBatch.Hourly(1, agent: "A-018"));
        Assert.All(outcomes, o => Assert.Equal(AppendOutcome.Stored, o));
        Assert.Equal(new StoreCounts(6, 6, 3, 0, 0), Store.Count());
    }

    [Fact]
    public void Dead_letters_are_kept_as_they_are_and_take_no_position()
    {
        var letter = new DeadLetterArrival(
            "A-017", "monitor/v1/S-03/A-017/data", "Not JSON.", new byte[] { 0, 255, 7 });
        var empty = new DeadLetterArrival("A-017", "monitor/v1/S-04/A-017/data", "Empty.", default);
        Assert.Equal([AppendOutcome.DeadLettered, AppendOutcome.Stored, AppendOutcome.DeadLettered],
            Store.Append([letter, new BatchArrival(SampleBatch.Hourly(1)), empty], Received));
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 2), Store.Count());
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 1), Store.Count("S-03"));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 1), Store.Count("S-04"));
        Assert.Equal(2, Store.LastPosition);
    }

    [Fact]
    public void The_same_dead_letter_again_is_not_kept_twice()
    {
        var letter = new DeadLetterArrival(
            "A-017", "monitor/v1/S-03/A-017/data", "Not JSON.", new byte[] { 1 });
        Store.Append([letter], Received);
        Assert.Equal([AppendOutcome.DeadLettered], Store.Append([letter], new Instant(Received.UnixMilliseconds + 1)));
        Assert.Equal(1, Store.Count().DeadLetters);
    }

    [Fact]
    public void The_newest_time_is_that_of_a_reading_and_not_of_the_latest_to_arrive()
    {
        Assert.Null(Store.NewestTime());
        Append(SampleBatch.Hourly(9, count: 2)); // hours 16 and 17 of S-03
        Append(SampleBatch.Hourly(2, count: 2)); // hours 2 and 3, later
        Append(SampleBatch.Hourly(1, count: 3, section: "S-04", agent: "A-018")); // hours 0, 1, 2
        Assert.Equal(new Instant(SampleBatch.Start + (17 * SampleBatch.Hour)), Store.NewestTime());
        Assert.Equal(new Instant(SampleBatch.Start + (17 * SampleBatch.Hour)), Store.NewestTime("S-03"));
        Assert.Equal(new Instant(SampleBatch.Start + (2 * SampleBatch.Hour)), Store.NewestTime("S-04"));
        Assert.Null(Store.NewestTime("S-05"));
    }

    [Fact]
    public void Positions_follow_the_order_of_commit_without_gaps()
    {
        for (int i = 1; i <= 20; i++)
        {
            Append(SampleBatch.Hourly(i, count: (i % 3) + 1), SampleBatch.Hourly(1, count: 2));
            if (i % 5 == 0) Reopen();
        }
        long[] positions = [.. Store.Read(All()).Select(r => r.Position).Order()];
        Assert.Equal(Enumerable.Range(1, positions.Length).Select(p => (long)p), positions);
        Assert.Equal(positions.Length, Store.LastPosition);
        StoredReading[] byPosition = [.. Store.Read(All()).OrderBy(r => r.Position)];
        Assert.Equal(byPosition.OrderBy(r => r.Sequence).ThenBy(r => r.Reading.Index), byPosition);
    }

    [Fact]
    public void A_query_is_half_open_in_time_and_inclusive_in_position()
    {
        Append(SampleBatch.Hourly(1, count: 4));   // hours 0 1 2 3, positions 1 2 3 4
        long[] Positions(long from, long to, long upTo) => [.. Store.Read(new ReadingQuery("S-03", Statistic.Hour,
            new Instant(SampleBatch.Start + (from * SampleBatch.Hour)),
            new Instant(SampleBatch.Start + (to * SampleBatch.Hour)), upTo)).Select(r => r.Position)];

        Assert.Equal([2L, 3], Positions(1, 3, 99));
        Assert.Equal([2L], Positions(1, 3, 2));
        Assert.Equal([], Positions(1, 1, 99));
        Assert.Equal([], Positions(0, 4, 0));
        Assert.Equal([1L, 2, 3, 4], Positions(0, 4, 4));
    }

    [Fact]
    public void A_query_gives_one_section_and_one_statistic_in_the_order_of_code_time_and_position()
    {
        long t = SampleBatch.Start;
        Append(SampleBatch.Of(1,
        [
            SampleBatch.One(0, t + 2, "1", "w21011", instrument: "X"),
            SampleBatch.One(1, t + 1, "2", "w21011", instrument: "Y"),
            SampleBatch.One(2, t + 2, "3", "w21011", instrument: "A"),
            SampleBatch.One(3, t + 9, "4", "w01001", unit: "1"),
            SampleBatch.One(4, t + 1, "5", "cover", unit: "1"),
            SampleBatch.One(5, t + 1, "6", "w01001", Statistic.Day, unit: "1"),
        ]), SampleBatch.Of(2, [SampleBatch.One(0, t + 1, "7", "w21011", instrument: "X")]),
            SampleBatch.Of(3, [SampleBatch.One(0, t, "8", "w21011")], section: "S-04"));

        // cover < w01001 < w21011; among w21011: time 1 (positions 2, 7), then time 2 (positions 1, 3).
        Assert.Equal(["5", "4", "2", "7", "1", "3"], Store.Read(All()).Select(r => r.Reading.Value.ToString()));
        Assert.Equal(["6"], Store.Read(All() with { Statistic = Statistic.Day })
            .Select(r => r.Reading.Value.ToString()));
    }

    [Fact]
    public void Any_question_has_the_answer_of_a_plain_walk_over_all_readings()
    {
        // Times are few, so that ends meet; batches overlap, repeat themselves and come out of order.
        var random = new System.Random(20250101);
        string[] codes = ["w21011", "cover", "w01001"];
        var model = new List<StoredReading>();
        for (int sequence = 1; sequence <= 60; sequence++)
        {
            string section = random.Next(3) == 0 ? "S-04" : "S-03";
            Reading[] readings = [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => SampleBatch.One(
                i, SampleBatch.Start + random.Next(-6, 6), $"{random.Next(100)}", codes[random.Next(3)],
                (Statistic)random.Next(2), instrument: random.Next(2) == 0 ? "" : "B", unit: "1"))];
            ReadingBatch batch = SampleBatch.Of(sequence, readings, section: section);
            Append(batch, batch);
            int before = model.Count;
            model.AddRange(readings.Select((r, i) =>
                new StoredReading(before + i + 1, batch.Agent, batch.Boot, sequence, section, r)));
        }
        for (int i = 0; i < 300; i++)
        {
            long from = SampleBatch.Start + random.Next(-8, 8), to = SampleBatch.Start + random.Next(-8, 8);
            var query = new ReadingQuery(random.Next(3) == 0 ? "S-04" : "S-03", (Statistic)random.Next(2),
                new Instant(from), new Instant(to), random.Next(model.Count + 2));
            Assert.Equal(model.Where(r => r.Section == query.Section && r.Reading.Statistic == query.Statistic
                    && query.From <= r.Reading.Time && r.Reading.Time < query.To && r.Position <= query.UpToPosition)
                .OrderBy(r => r.Reading.Measurand, StringComparer.Ordinal).ThenBy(r => r.Reading.Time)
                .ThenBy(r => r.Position), Store.Read(query).Select(r => r with { Doubt = null }));
        }
    }

    [Fact]
    public void Sections_come_in_ordinal_order_and_are_counted_apart()
    {
        Append(SampleBatch.Hourly(1, section: "b"), SampleBatch.Hourly(2, section: "B"),
            SampleBatch.Hourly(3, section: "a"),
            SampleBatch.Hourly(3, section: "a"));
        Assert.Equal(["B", "a", "b"], Store.Sections());
        Assert.Equal(new StoreCounts(2, 2, 1, 1, 0), Store.Count("a"));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 0), Store.Count("none"));
        Assert.Equal(new StoreCounts(6, 6, 3, 1, 0), Store.Count());
    }

    [Fact]
    public async Task The_same_question_up_to_a_position_has_the_same_answer_while_others_write()
    {
        Append(SampleBatch.Hourly(1, count: 100));
        ReadingQuery question = All() with { UpToPosition = Store.LastPosition };
        StoredReading[] before = [.. Store.Read(question)];
        using var writing = new CancellationTokenSource();
        Task writer = Task.Run(() =>
        {
            for (int i = 2; !writing.IsCancellationRequested; i++) Append(SampleBatch.Hourly(i, count: 10));
        }, TestContext.Current.CancellationToken);
        try
        {
            Parallel.For(0, 40, _ => Assert.Equal(before, Store.Read(question)));
        }
        finally
        {
            await writing.CancelAsync();
        }
        await writer.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(Store.LastPosition, Store.Count().Readings);
    }

    [Fact]
    public void A_reader_that_stops_half_way_leaves_the_store_usable()
    {
        Append(SampleBatch.Hourly(1, count: 50));
        for (int i = 0; i < 20; i++) Assert.Equal(1, Store.Read(All()).First().Position);
        Assert.Equal([AppendOutcome.Stored], Append(SampleBatch.Hourly(2)));
    }

    [Fact]
    public void The_batches_of_a_span_come_back_byte_for_byte_and_no_others()
    {
        ReadingBatch first = SampleBatch.Hourly(1), second = SampleBatch.Hourly(2), third = SampleBatch.Hourly(3);
        ReadingBatch daily = SampleBatch.Of(
            4, [SampleBatch.One(0, SampleBatch.Start + (2 * SampleBatch.Hour), "1", statistic: Statistic.Day)]);
        Append(third, first, SampleBatch.Hourly(1, section: "S-04", agent: "B-1"), second, daily);

        // The third and fourth hour: the second batch; the first ends before, the third begins after.
        var span = new ReadingQuery("S-03", Statistic.Hour, new Instant(SampleBatch.Start + (2 * SampleBatch.Hour)),
            new Instant(SampleBatch.Start + (4 * SampleBatch.Hour)), long.MaxValue);
        StoredEnvelope only = Assert.Single(Store.Envelopes(span));
        Assert.Equal((7L, "A-017", "boot1", 2L), (only.First, only.Agent, only.Boot, only.Sequence));
        Assert.Equal(second.Payload.ToArray(), only.Payload.ToArray());
        Assert.Empty(Store.Envelopes(span with { UpToPosition = 6 }));
        Assert.Equal([1L, 3L, 7L], Store.Envelopes(All()).Select(e => e.First));
    }

    [Fact]
    public void A_group_that_throws_leaves_nothing_of_itself()
    {
        Append(SampleBatch.Hourly(1));
        ReadingBatch broken = SampleBatch.Hourly(3) with { Readings = [SampleBatch.One(1, SampleBatch.Start, "1")] };
        Assert.Throws<ArgumentException>(() => Append(SampleBatch.Hourly(2, section: "new"), broken));

        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), Store.Count());
        Assert.Equal(["S-03"], Store.Sections());
        Assert.Equal([AppendOutcome.Stored], Append(SampleBatch.Hourly(2, section: "new")));
        Assert.Equal(4, Store.LastPosition);
    }

    [Fact]
    public void A_store_without_room_refuses_whole_groups_and_takes_them_when_there_is_room()
    {
        using (IReadingStore full = OpenWithoutRoom())
        {
            StoreCounts before = full.Count();
            BatchArrival[] group = [.. Enumerable.Range(1, 400)
                .Select(i => new BatchArrival(SampleBatch.Hourly(i, 20)))];
            Assert.Throws<StoreUnavailableException>(() => full.Append(group, Received));
            Assert.Throws<StoreUnavailableException>(() => full.Append(group, Received));
            Assert.Equal(before, full.Count());
            Assert.Equal(0, full.LastPosition);
        }
        Assert.All(Append([.. Enumerable.Range(1, 400).Select(i => SampleBatch.Hourly(i, 20))]),
            o => Assert.Equal(AppendOutcome.Stored, o));
        Assert.Equal(8000, Store.LastPosition);
    }

    [Fact]
    public void A_locked_store_refuses_and_works_again_when_it_is_free()
    {
        Append(SampleBatch.Hourly(1));
        using (HoldWriteLock())
        {
            Assert.Throws<StoreUnavailableException>(() => Append(SampleBatch.Hourly(2)));
            Assert.Equal(2, Store.Read(All()).Count());
        }
        Assert.Equal([AppendOutcome.Stored], Append(SampleBatch.Hourly(2)));
        Assert.Equal(4, Store.LastPosition);
    }

    public void Dispose()
    {
        _store?.Dispose();
        Clean();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test made.</summary>
    protected abstract void Clean();

    private static ReadingQuery All() =>
        new("S-03", Statistic.Hour, new Instant(0), new Instant(long.MaxValue), long.MaxValue);

    private AppendOutcome[] Append(params ReadingBatch[] batches) =>
        [.. Store.Append([.. batches.Select(b => new BatchArrival(b))], Received)];

    private void Reopen()
    {
        _store?.Dispose();
        _store = null;
    }
}

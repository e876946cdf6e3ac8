namespace Monitor.Imagery.Tiff;

/// <summary>
/// Gives packed tiles their places in a file in one order, whatever the order in which threads finish them: a tile that is
/// ahead of its turn is held until those before it have come. Safe for several threads.
/// </summary>
/// <param name="ranks">The turn of each tile, a permutation; held tiles are as many as threads run ahead of it.</param>
/// <param name="front">Where the first tile begins.</param>
internal sealed class TileOrder(int[] ranks, long front)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, (int Tile, byte[] Bytes)> ahead = [];
    private int next;

    /// <summary>The first byte behind all tiles that have a place.</summary>
    internal long End { get; private set; } = front;

    /// <summary>Turns for tiles that are completed as windows come one after another.</summary>
    /// <param name="across">Tiles in a row.</param>
    /// <param name="down">Rows of tiles.</param>
    /// <param name="side">Columns and rows of a tile.</param>
    /// <param name="windows">In the order in which they are begun; tiles that none touches come last.</param>
    internal static int[] RanksOf(int across, int down, int side, IEnumerable<RasterWindow> windows)
    {
        int[] last = new int[across * down], tiles = [.. Enumerable.Range(0, across * down)], ranks = new int[tiles.Length];
        Array.Fill(last, int.MaxValue);
        int turn = 0;
        foreach (RasterWindow window in windows)
        {
            for (int row = window.Y / side; row <= (window.Y + window.Height - 1) / side; row++)
                for (int column = window.X / side; column <= (window.X + window.Width - 1) / side; column++)
                    last[(row * across) + column] = turn;
            turn++;
        }
        Array.Sort(last, tiles);
        // The sort does not keep tiles of one turn in their order.
        for (int from = 0, to; from < tiles.Length; from = to)
        {
            for (to = from + 1; to < tiles.Length && last[to] == last[from];) to++;
            Array.Sort(tiles, from, to - from);
        }
        for (int rank = 0; rank < tiles.Length; rank++) ranks[tiles[rank]] = rank;
        return ranks;
    }

    /// <summary>
    /// Takes a packed tile; gives back what has a place now, to be written there: this tile and those held that follow it.
    /// </summary>
    internal IReadOnlyList<(int Tile, byte[] Bytes, long At)> Take(int tile, ReadOnlySpan<byte> packed)
    {
        byte[] bytes = packed.ToArray();
        lock (gate)
        {
            ahead.Add(ranks[tile], (tile, bytes));
            List<(int, byte[], long)> placed = [];
            while (ahead.Remove(next, out (int Tile, byte[] Bytes) turn))
            {
                placed.Add((turn.Tile, turn.Bytes, Place(turn.Bytes)));
                next++;
            }
            return placed;
        }
    }

    /// <summary>What is still held, where tiles before it never came.</summary>
    internal IReadOnlyList<(int Tile, byte[] Bytes, long At)> Rest()
    {
        lock (gate)
        {
            List<(int, byte[], long)> rest =
                [.. ahead.OrderBy(a => a.Key).Select(a => (a.Value.Tile, a.Value.Bytes, Place(a.Value.Bytes)))];
            ahead.Clear();
            return rest;
        }
    }

    private long Place(byte[] bytes)
    {
        long at = End;
        End += bytes.Length;
        return at;
    }
}

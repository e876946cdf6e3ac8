using Monitor.Domain;
using Monitor.Domain.People;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Registers;

namespace Monitor.Programmes.Evidence;

/// <summary>
/// The registers of a bundle, each held by the hash that was sealed: the devices' by the evidence of the judgement, the
/// persons' by the approvals.
/// </summary>
internal sealed class BundleRegisters
{
    private BundleRegisters(DeviceKeys? devices, PersonRoll? persons) => (Devices, Persons) = (devices, persons);

    /// <summary>Keys of the agents whose batches are here; null where the bundle was made without.</summary>
    internal DeviceKeys? Devices { get; }

    /// <summary>The registered persons; null where the bundle was made without.</summary>
    internal PersonRoll? Persons { get; }

    /// <summary>The rule for decisions; null where there is no register.</summary>
    internal Func<Person, long?, string?>? Registration => Persons?.Registration();

    /// <summary>Reads both and checks their hashes.</summary>
    /// <exception cref="InputException">A register is missing that a seal names, or has another hash.</exception>
    internal static BundleRegisters Read(
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string? sealedDevices, IEnumerable<LedgerEntry> entries)
    {
        IReadOnlyList<StoredRecord>? devices = Lines(files, EvidenceBundle.Devices);
        IReadOnlyList<StoredRecord>? persons = Lines(files, EvidenceBundle.Persons);
        if (sealedDevices is not null)
        {
            Require(devices, sealedDevices, EvidenceBundle.Devices, "the evidence of the judgement");
        }
        // Many decisions fall between two changes of the register: each state of it is hashed once.
        Dictionary<int, string> hashes = [];
        foreach (LedgerEntry entry in entries.Where(IsAnchored))
        {
            int known = persons?.Count(p => p.Position <= entry.Position) ?? 0;
            if (hashes.GetValueOrDefault(known) == entry.Evidence) continue;
            Require(persons?.Take(known), entry.Evidence!, EvidenceBundle.Persons, $"entry {entry.Number}");
            hashes[known] = entry.Evidence!;
        }
        return new BundleRegisters(
            devices is null ? null : DeviceKeys.Of(devices), persons is null ? null : PersonRoll.Of(persons));
    }

    /// <summary>Whether an entry seals the hash of the persons' register, up to its own position.</summary>
    internal static bool IsAnchored(LedgerEntry entry) =>
        entry.Kind is LedgerKinds.Approval or LedgerKinds.Rejection && entry.Evidence is not null;

    private static IReadOnlyList<StoredRecord>? Lines(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, string name) =>
        files.TryGetValue(name, out ReadOnlyMemory<byte> bytes) ? RegisterLines.Read(bytes, name) : null;

    private static void Require(IEnumerable<StoredRecord>? lines, string wanted, string name, string who)
    {
        string actual = RegisterLines.HashOf(lines ?? throw new InputException(
            $"{who} seals a register with the hash {wanted}, and the bundle has none.", "Ask for the bundle again.", name));
        if (actual != wanted) throw new InputException(
            $"its lines hash to {actual}, and {wanted} is sealed by {who}.", "Ask for the bundle again.", name);
    }
}

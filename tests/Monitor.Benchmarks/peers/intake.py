#!/usr/bin/env python3
"""The intake beside a bare insert and beside a paho-mqtt + SQLite consumer, in turns, on this machine.

usage: intake.py PROGRAM BENCHMARKS.dll [--rounds N] [--no-paho] [--idle]
PROGRAM is the built `monitor`; the medians and the ratios go to stdout as JSON, each run to stderr.
"""
import argparse
import json
import os
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SEED = 2025


def run(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout) | {"cpuSeconds": round(cpu, 2)}


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def simulate(program, *more):
    return run(program, "simulate", "--seed", str(SEED), "--json", *more)


def serve(program, folder):
    service = subprocess.Popen([program, "serve", "--data", folder, "--port", "0", "--mqtt-port", "0"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoints = os.path.join(folder, "endpoints.json")
    for _ in range(600):
        if os.path.exists(endpoints):
            with open(endpoints) as file:
                return service, json.load(file)["mqtt"]
        time.sleep(0.1)
    raise SystemExit("serve did not listen")


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def against_service(program, *more):
    """The service in a process of its own, as it is run; the load in another."""
    folder = tempfile.mkdtemp(prefix="monitor-intake-")
    service, port = serve(program, folder)
    try:
        before = cpu_of(service.pid)
        result = simulate(program, "--port", str(port), *more)
        return result | {"serverCpuSeconds": round(cpu_of(service.pid) - before, 2)}
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait()
        shutil.rmtree(folder)


def idle(program, agents):
    folder = tempfile.mkdtemp(prefix="monitor-intake-")
    service, port = serve(program, folder)
    before = resident(service.pid)
    load = subprocess.Popen([program, "simulate", "--agents", str(agents), "--messages", "0", "--for", "20s",
                             "--port", str(port), "--json"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    for line in load.stderr:
        if "held" in line:
            break
    time.sleep(5)
    after = resident(service.pid)
    load.terminate()
    load.wait()
    service.send_signal(signal.SIGTERM)
    service.wait()
    shutil.rmtree(folder)
    return {"connections": agents, "megabytesBefore": round(before), "megabytes": round(after)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def paho(program, agents, messages, batch, group, window=4):
    folder = tempfile.mkdtemp(prefix="monitor-paho-")
    port = free_port()
    with open(os.path.join(folder, "mosquitto.conf"), "w") as conf:
        conf.write(f"listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 200\n")
    broker = subprocess.Popen(["mosquitto", "-c", conf.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        store = subprocess.Popen(
            [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "paho_store.py"),
             str(port), os.path.join(folder, "store.db"), str(agents * messages), str(group)], stdout=subprocess.PIPE, text=True)
        assert store.stdout.readline().strip() == "ready"
        simulate(program, "--port", str(port), "--agents", str(agents), "--messages", str(messages),
                 "--batch", str(batch), "--window", str(window))
        done = json.loads(store.stdout.readline())
        # The consumer has ended and is not waited for yet: its figures are still there.
        return done | {"consumerCpuSeconds": round(cpu_of(store.pid), 2), "brokerCpuSeconds": round(cpu_of(broker.pid), 2)}
    finally:
        broker.terminate()
        broker.wait()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("benchmarks")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-paho", action="store_true")
    parser.add_argument("--idle", action="store_true")
    given = parser.parse_args()
    runs = {}

    def note(name, result):
        print(f"load {os.getloadavg()[0]:.1f}  {name}: {json.dumps(result)}", file=sys.stderr, flush=True)
        runs.setdefault(name, []).append(result)

    for _ in range(given.rounds):
        note("bare", run("dotnet", given.benchmarks, "bare-insert", "200", "250", "20"))
        note("batches", against_service(given.program, "--agents", "200", "--messages", "250", "--batch", "20",
                                        "--window", "4"))
        note("singles", against_service(given.program, "--agents", "50", "--messages", "6000", "--batch", "1",
                                        "--window", "20"))
        if not given.no_paho:
            note("paho", paho(given.program, 200, 20, 20, 1))
            note("pahoGrouped", paho(given.program, 200, 50, 20, 100))
            # As most devices publish, and as the singles above do: one reading a message.
            note("pahoSingles", paho(given.program, 50, 200, 1, 1, 20))
            note("pahoSinglesGrouped", paho(given.program, 50, 800, 1, 100, 20))
    if given.idle:
        note("idle", idle(given.program, 10000))

    def median(name, key):
        return statistics.median(r[key] for r in runs[name])

    summary = {
        "seed": SEED, "rounds": given.rounds,
        "bareReadingsPerSecond": median("bare", "readingsPerSecond"),
        "readingsPerSecond": median("batches", "readingsPerSecond"),
        "toBare": round(statistics.median(
            b["readingsPerSecond"] / a["readingsPerSecond"] for a, b in zip(runs["bare"], runs["batches"])), 2),
        "singleMessagesPerSecond": median("singles", "messagesPerSecond"),
        "pubackP99Ms": {"batches": statistics.median(r["pubackMs"]["p99"] for r in runs["batches"]),
                        "singles": statistics.median(r["pubackMs"]["p99"] for r in runs["singles"])},
    }
    if not given.no_paho:
        summary["pahoReadingsPerSecond"] = median("paho", "readingsPerSecond")
        summary["pahoGroupedReadingsPerSecond"] = median("pahoGrouped", "readingsPerSecond")
        summary["toPaho"] = round(summary["readingsPerSecond"] / summary["pahoReadingsPerSecond"], 1)
        for name in ("pahoSingles", "pahoSinglesGrouped"):
            summary[name + "MessagesPerSecond"] = median(name, "readingsPerSecond")
            summary["to" + name[0].upper() + name[1:]] = round(
                summary["singleMessagesPerSecond"] / median(name, "readingsPerSecond"), 1)
        summary["toPahoGrouped"] = round(summary["readingsPerSecond"] / summary["pahoGroupedReadingsPerSecond"], 1)
    if given.idle:
        summary["idle"] = runs["idle"][0]
    print(json.dumps(summary))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""What an agent takes of a small box: memory and processor of monitor-edge beside a service of its own.

usage: edge.py MONITOR MONITOR-EDGE [--seconds N] [--readings-per-minute N]
MONITOR is the built service, MONITOR-EDGE the agent that is measured (a folder of the archive, or of the build).
A signed batch of nine readings at a time; after N seconds the figures go to stdout as JSON.
"""
import argparse
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

CODES = "w01001 w01003 w01009 w01010 w01014 w01019 w21001 w21003 w21011".split()


def status(pid, *names):
    with open(f"/proc/{pid}/status") as file:
        fields = dict(line.split(":", 1) for line in file)
    return {name: round(int(fields[name].split()[0]) * 1024 / 1e6, 1) for name in names}


def processor(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def replay(file):
    with open(file, "w") as table:
        table.write("time,measurand,value,status\n")
        for i in range(90_000):
            minute = i // len(CODES)
            table.write(f"2025-01-{1 + minute // 1440 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:00+08:00,"
                        f"{CODES[i % len(CODES)]},{100 + i % 900 / 1000:.3f},N\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("monitor")
    parser.add_argument("edge")
    parser.add_argument("--seconds", type=int, default=150)
    parser.add_argument("--readings-per-minute", type=float, default=60)
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="monitor-edge-")
    path = lambda name: os.path.join(folder, name)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    service = subprocess.Popen([given.monitor, "serve", "--data", path("data"), "--port", "0", "--mqtt-port", "0"], **quiet)
    try:
        while not os.path.exists(path("data/endpoints.json")):
            time.sleep(0.1)
        with open(path("data/endpoints.json")) as file:
            port = json.load(file)["mqtt"]
        replay(path("replay.csv"))
        subprocess.run([given.edge, "keygen", "--out", path("key")], check=True, **quiet)
        agent = subprocess.Popen([
            given.edge, "run", "--agent", "A-1", "--section", "S-1", "--server", f"127.0.0.1:{port}", "--outbox", path("outbox.db"),
            "--replay", path("replay.csv"), "--batch", "9", "--rate", f"{given.readings_per_minute / 60:g}", "--sign-key", path("key"),
        ], **quiet)
        time.sleep(20)  # the start is not counted
        before = processor(agent.pid)
        time.sleep(max(1, given.seconds - 20))
        used = processor(agent.pid) - before
        print(json.dumps({
            "load": os.getloadavg()[0], "seconds": given.seconds, "readingsPerMinute": given.readings_per_minute,
            "megabytes": status(agent.pid, "VmRSS", "VmHWM", "RssAnon", "RssFile", "RssShmem"),
            "percentOfACore": round(100 * used / (given.seconds - 20), 3),
        }))
        agent.send_signal(signal.SIGTERM)
        agent.wait()
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The intake behind Mosquitto beside Mosquitto's own publish-subscribe rate, in turns, on this machine.

usage: broker.py PROGRAM [--rounds N] [--agents N] [--messages N] [--batch N]
PROGRAM is the built `monitor`. The same load (`simulate`) goes to the same broker; once mosquitto_sub takes it at QoS 1, once
`serve` does, which stores it, receipts it and only then acknowledges. Rates are from the first message to the last. The
medians and their ratio go to stdout as JSON, each run to stderr.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Broker:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="monitor-broker-")
        self.port = free_port()
        path = os.path.join(self.folder, "mosquitto.conf")
        with open(path, "w") as conf:
            conf.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\n"
                       "max_queued_messages 0\nmax_inflight_messages 0\n")
        self.process = subprocess.Popen(["mosquitto", "-c", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise SystemExit("mosquitto did not listen")

    def end(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)


def simulate(given, port):
    subprocess.run([given.program, "simulate", "--seed", "2025", "--port", str(port), "--agents", str(given.agents),
                    "--messages", str(given.messages), "--batch", str(given.batch), "--window", "20", "--json"],
                   check=True, capture_output=True)


def own_rate(given):
    broker = Broker()
    seen = os.path.join(broker.folder, "seen")
    try:
        with open(seen, "w") as out:
            # %U: the moment that it came, in seconds with a fraction.
            subscriber = subprocess.Popen(["mosquitto_sub", "-V", "mqttv5", "-h", "127.0.0.1", "-p", str(broker.port), "-q", "1",
                                           "-t", "monitor/v1/+/+/data", "-C", str(given.agents * given.messages), "-F", "%U"],
                                          stdout=out)
        time.sleep(1)
        simulate(given, broker.port)
        subscriber.wait()
        with open(seen) as lines:
            moments = [float(line) for line in lines]
        return (len(moments) - 1) / (moments[-1] - moments[0])
    finally:
        broker.end()


def stored(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health") as answer:
        return json.load(answer)["sinceStart"]["batches"]


def up(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/health") as answer:
        return json.load(answer)["broker"]["up"]


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def intake_rate(given):
    broker = Broker()
    data = os.path.join(broker.folder, "data")
    config = os.path.join(broker.folder, "serve.json")
    with open(config, "w") as out:
        json.dump({"broker": {"address": f"127.0.0.1:{broker.port}"}}, out)
    service = subprocess.Popen([given.program, "serve", "--data", data, "--port", "0", "--mqtt-port", "0", "--config", config],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        endpoints = os.path.join(data, "endpoints.json")
        while not os.path.exists(endpoints):
            time.sleep(0.05)
        with open(endpoints) as file:
            port = json.load(file)["http"]
        while not up(port):
            time.sleep(0.05)
        load = subprocess.Popen([sys.executable, os.path.abspath(__file__), "--load", str(broker.port), given.program,
                                 "--agents", str(given.agents), "--messages", str(given.messages), "--batch", str(given.batch)])
        while (first := stored(port)) == 0:
            time.sleep(0.005)
        began = time.monotonic()
        before = cpu_of(service.pid)
        wanted = given.agents * given.messages
        while (there := stored(port)) < wanted:
            time.sleep(0.02)
        elapsed = time.monotonic() - began
        load.wait()
        return (there - first) / elapsed, cpu_of(service.pid) - before
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait()
        broker.end()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--load", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        return simulate(given, given.load)
    own, intake, cpu = [], [], []
    for _ in range(given.rounds):
        own.append(own_rate(given))
        rate, seconds = intake_rate(given)
        intake.append(rate)
        cpu.append(seconds)
        print(f"load {os.getloadavg()[0]:.1f}  mosquitto {own[-1]:.0f}/s  intake {rate:.0f}/s", file=sys.stderr, flush=True)
    print(json.dumps({
        "messages": given.agents * given.messages, "readingsEach": given.batch,
        "mosquittoPerSecond": round(statistics.median(own)), "intakePerSecond": round(statistics.median(intake)),
        "ratio": round(statistics.median(i / o for i, o in zip(intake, own)), 2),
        "serviceCpuSeconds": round(statistics.median(cpu), 2)}))


if __name__ == "__main__":
    main()

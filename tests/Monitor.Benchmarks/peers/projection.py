#!/usr/bin/env python3
"""The projection to InfluxDB beside a bare post of the same lines, in turns, on this machine.

usage: projection.py PROGRAM [--rounds N] [--agents N] [--messages N]
PROGRAM is the built `monitor`; influxd (1.x) is started here. The lines are those of a first `influx rebuild`, caught as they
were sent; the bare post sends the same requests again over one connection. The projection reads them from the record, makes
the lines and keeps its place on disk after each request; start and end of its process count. Medians and their ratio go to
stdout as JSON.
"""
import argparse
import http.client
import http.server
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def caught(program, folder, config):
    bodies = []

    class Sink(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            is_write = self.path.startswith("/write")
            if is_write:
                bodies.append(body)
            answer = b"" if is_write else b'{"results":[{}]}'
            self.send_response(204 if is_write else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    seconds = rebuild(program, folder, config, sink.server_port)
    sink.shutdown()
    return bodies, seconds


def rebuild(program, folder, config, port):
    with open(config, "w") as out:
        json.dump({"influx": {"url": f"http://127.0.0.1:{port}", "version": 1, "bucket": "monitor"}}, out)
    began = time.monotonic()
    subprocess.run([program, "influx", "rebuild", "--data", folder, "--config", config], check=True,
                   stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def ask(port, question):
    link = http.client.HTTPConnection("127.0.0.1", port)
    link.request("POST", "/query", urllib.parse.urlencode({"q": question}), {"Content-Type": "application/x-www-form-urlencoded"})
    # Read to its end: a question whose asker has gone is given up.
    said = link.getresponse().read()
    assert b"error" not in said, said


def post(port, bodies):
    link = http.client.HTTPConnection("127.0.0.1", port)
    began = time.monotonic()
    for body in bodies:
        link.request("POST", "/write?db=monitor&precision=ms", body)
        answer = link.getresponse()
        said = answer.read()
        assert answer.status == 204, (answer.status, said)
    return time.monotonic() - began


def influxd(folder):
    port = free_port()
    path = os.path.join(folder, "influx.conf")
    with open(path, "w") as conf:
        conf.write(f'reporting-disabled = true\nbind-address = "127.0.0.1:0"\n[meta]\n  dir = "{folder}/meta"\n'
                   f'[data]\n  dir = "{folder}/db"\n  wal-dir = "{folder}/wal"\n'
                   f'[http]\n  bind-address = "127.0.0.1:{port}"\n  log-enabled = false\n[monitor]\n  store-enabled = false\n')
    process = subprocess.Popen(["influxd", "-config", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.05)
    raise SystemExit("influxd did not listen")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--messages", type=int, default=500)
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="monitor-projection-")
    data, config = os.path.join(folder, "data"), os.path.join(folder, "serve.json")
    process = None
    try:
        subprocess.run([given.program, "simulate", "--direct", "--data", data, "--seed", "2025", "--agents", str(given.agents),
                        "--messages", str(given.messages), "--batch", "20"], check=True, capture_output=True)
        bodies, unanswered = caught(given.program, data, config)
        lines = sum(body.count(b"\n") for body in bodies)
        process, port = influxd(folder)
        bare, ours = [], []
        for _ in range(given.rounds):
            ask(port, "DROP DATABASE monitor")
            ask(port, "CREATE DATABASE monitor")
            bare.append(post(port, bodies))
            ask(port, "DROP DATABASE monitor")
            ask(port, "CREATE DATABASE monitor")
            ours.append(rebuild(given.program, data, config, port))
            print(f"load {os.getloadavg()[0]:.1f}  bare {bare[-1]:.2f} s  projection {ours[-1]:.2f} s", file=sys.stderr, flush=True)
        done = subprocess.run([given.program, "influx", "verify", "--data", data, "--config", config, "--json"],
                              check=True, capture_output=True, text=True)
        print(json.dumps({
            "points": lines, "barePerSecond": round(lines / statistics.median(bare)),
            "projectionPerSecond": round(lines / statistics.median(ours)),
            "ratio": round(statistics.median(b / o for b, o in zip(bare, ours)), 2),
            "projectionIntoNothingPerSecond": round(lines / unanswered), "equal": json.loads(done.stdout)["equal"]}))
    finally:
        if process:
            process.terminate()
            process.wait()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()

"""A consumer as many write it: paho-mqtt behind Mosquitto, into SQLite.

usage: paho_store.py PORT DATABASE MESSAGES GROUP
GROUP messages share a commit: 1 as tutorials have it, more for one that was made fast.
Prints "ready" once subscribed, and a JSON line with the seconds from the first message to the last commit.
"""
import json
import sqlite3
import sys
import time

import paho.mqtt.client as mqtt

port, file, wanted, group = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
database.executescript("""
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    CREATE TABLE readings (agent TEXT, boot TEXT, seq INTEGER, i INTEGER, section TEXT, p TEXT, t INTEGER, v TEXT,
        PRIMARY KEY (agent, boot, seq, i)) WITHOUT ROWID;
""")
seen = rows = 0
started = 0.0


def on_message(client, userdata, message):
    global seen, rows, started
    if seen == 0:
        started = time.perf_counter()
    if seen % group == 0:
        database.execute("BEGIN")
    batch = json.loads(message.payload)
    database.executemany(
        "INSERT OR IGNORE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(batch["agent"], batch["boot"], batch["seq"], i, batch["section"], r["p"], r["t"], r["v"])
         for i, r in enumerate(batch["r"])])
    rows += len(batch["r"])
    seen += 1
    if seen % group == 0 or seen == wanted:
        database.execute("COMMIT")
    if seen == wanted:
        seconds = time.perf_counter() - started
        print(json.dumps({"messages": seen, "readings": rows, "seconds": round(seconds, 3),
                          "readingsPerSecond": round(rows / seconds)}), flush=True)
        client.disconnect()


v1 = {"callback_api_version": mqtt.CallbackAPIVersion.VERSION1} if hasattr(mqtt, "CallbackAPIVersion") else {}
client = mqtt.Client(client_id="store", **v1)
client.on_message = on_message
client.on_connect = lambda *a: client.subscribe("monitor/v1/+/+/data", 1)
client.on_subscribe = lambda *a: print("ready", flush=True)
client.connect("127.0.0.1", port)
client.loop_forever()

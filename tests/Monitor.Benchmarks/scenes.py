#!/usr/bin/python3
"""Whole scenes, whole processes: makes inputs and measures `monitor scene` beside another program, round by round.

  scenes.py make DIR [SIDE]       two UInt16 bands, a scene classification of half the size (10980: 1.5 GB, a minute)
  scenes.py race DIR MONITOR [ROUNDS] [--beside NAME=COMMAND ...]
  scenes.py jp2 DIR MONITOR [ROUNDS]     statistics of JPEG 2000 beside GDAL's own reading of the same files

A COMMAND may hold {work} (stats, cover, zones or ndvi), {red}, {nir}, {mask}, {sites}, {form} and {out}. Ratios are of
medians of one run.
Needs GDAL's Python and NumPy.
"""
import json
import math
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import threading
import time

FORMS = ("raw", "deflate", "zstd")


def name(folder, band, form):
    return os.path.join(folder, f"{band}_{form}.tif")


def make(folder, side):
    import numpy as np
    from osgeo import gdal, osr
    gdal.UseExceptions()
    os.makedirs(folder, exist_ok=True)
    system = osr.SpatialReference()
    system.ImportFromEPSG(32651)
    draw = np.random.default_rng(20250715)
    coarse = {step: draw.standard_normal((side // step + 2, side // step + 2), dtype=np.float32) for step in (640, 96, 12)}

    def field(step, top, rows):
        grid = coarse[step]
        y, x = np.arange(top, top + rows) / step, np.arange(side) / step
        i, j = y.astype(int), x.astype(int)
        v = grid[i] + (grid[i + 1] - grid[i]) * (y - i)[:, None].astype(np.float32)
        return v[:, j] + (v[:, j + 1] - v[:, j]) * (x - j).astype(np.float32)

    def create(band, size, kind, pixel):
        made = gdal.GetDriverByName("GTiff").Create(
            name(folder, band, "raw"), size, size, 1, kind, ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"])
        made.SetGeoTransform((500000, pixel, 0, 3500000, 0, -pixel))
        made.SetProjection(system.ExportToWkt())
        return made

    red, nir = create("red", side, gdal.GDT_UInt16, 10), create("nir", side, gdal.GDT_UInt16, 10)
    scl = create("scl", side // 2, gdal.GDT_Byte, 20)
    for band in (red, nir):
        band.GetRasterBand(1).SetNoDataValue(0)
    for top in range(0, side, 512):
        rows = min(512, side - top)
        green = 0.5 + 0.3 * field(640, top, rows) + 0.15 * field(96, top, rows) + 0.1 * field(12, top, rows)
        cloud = field(640, top, rows)[::-1] + 0.4 * field(96, top, rows) > 0.7
        edge = np.arange(side)[None, :] > 0.06 * side + 0.1 * np.arange(top, top + rows)[:, None]
        for band, bare, leaf in ((red, 2300, 380), (nir, 2700, 4300)):
            v = np.where(cloud, 7000, bare + (leaf - bare) * np.clip(green, 0, 1))
            v = v * (1 + 0.012 * draw.standard_normal(v.shape, dtype=np.float32))
            band.GetRasterBand(1).WriteArray(np.where(edge, np.clip(v, 1, 12000), 0).astype(np.uint16), 0, top)
        kinds = np.where(cloud, 9, np.where(green > 0.45, 4, 5))
        scl.GetRasterBand(1).WriteArray(np.where(edge, kinds, 0)[::2, ::2].astype(np.uint8), 0, top // 2)
    red = nir = scl = None
    for band in ("red", "nir", "scl"):
        for form in FORMS[1:]:
            gdal.Translate(name(folder, band, form), name(folder, band, "raw"), format="COG", creationOptions=[
                f"COMPRESS={form.upper()}", "PREDICTOR=2", "BLOCKSIZE=512", "RESAMPLING=NEAREST", "NUM_THREADS=2"])


    with open(os.path.join(folder, "sites.geojson"), "w", encoding="utf-8") as file:
        json.dump(sites(draw, side), file)


def sites(draw, side):
    """200 polygons of 12 to 80 corners, 40 to 900 m from their middle."""
    features = []
    for number in range(200):
        x, y = 500000 + 10 * side * draw.uniform(0.15, 0.98), 3500000 - 10 * side * draw.uniform(0.02, 0.98)
        size, corners = draw.uniform(40, 900), int(draw.integers(12, 81))
        ring = [[round(x + size * r * math.cos(2 * math.pi * i / corners), 2),
                 round(y + size * r * math.sin(2 * math.pi * i / corners), 2)]
                for i, r in enumerate(draw.uniform(0.5, 1, corners))]
        features.append({"type": "Feature", "properties": {"id": number},
                         "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}})
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32651"}}
    return {"type": "FeatureCollection", "crs": system, "features": features}


def jp2(folder, monitor, rounds):
    """A crop of 4096 by 4096, lossless, in tiles of 1024 as Sentinel-2 has them."""
    from osgeo import gdal
    gdal.UseExceptions()
    files = [os.path.join(folder, f"{band}.jp2") for band in ("red", "nir")]
    for band, file in zip(("red", "nir"), files):
        if not os.path.exists(file):
            gdal.Translate(file, name(folder, band, "raw"), format="JP2OpenJPEG", srcWin=[3072, 3072, 4096, 4096],
                           creationOptions=["QUALITY=100", "REVERSIBLE=YES", "BLOCKXSIZE=1024", "BLOCKYSIZE=1024"])
    commands = {
        "monitor": [monitor, "scene", "stats", "--red", files[0], "--nir", files[1], "--json"],
        "GDAL, a handle for each of two threads": [sys.executable, __file__, "read-tiles", *files],
        "GDAL, its own two threads": [sys.executable, __file__, "read-whole", *files],
    }
    measured = {program: [] for program in commands}
    for _ in range(rounds):
        for program, command in commands.items():
            measured[program].append(run(command))
    print("| program | wall s, median (least) | processor s | peak MB |")
    print("| --- | --- | --- | --- |")
    for program, runs in measured.items():
        wall, processor, peak = (statistics.median(r[i] for r in runs) for i in range(3))
        print(f"| {program} | {wall:.2f} ({min(r[0] for r in runs):.2f}) | {processor:.2f} | {peak:.0f} |")


def read_whole(files):
    from osgeo import gdal
    gdal.SetConfigOption("GDAL_NUM_THREADS", "2")
    for file in files:
        gdal.Open(file).ReadAsArray()


def read_tiles(files):
    from osgeo import gdal
    gdal.SetConfigOption("GDAL_NUM_THREADS", "1")
    size = gdal.Open(files[0]).RasterXSize
    jobs = iter([(f, x, y) for y in range(0, size, 1024) for x in range(0, size, 1024) for f in files])
    gate = threading.Lock()

    def work():
        own = {file: gdal.Open(file) for file in files}
        while True:
            with gate:
                job = next(jobs, None)
            if job is None:
                return
            own[job[0]].GetRasterBand(1).ReadRaster(job[1], job[2], min(1024, size - job[1]), min(1024, size - job[2]))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} ended with {status}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def race(folder, monitor, rounds, others):
    print("| work | form | program | wall s, median (least) | processor s | peak MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    ends = ["--soil", "0.05,0.12,0.20", "--veg", "0.80,0.86,0.90"]
    polygons = os.path.join(folder, "sites.geojson")
    for work in ("stats", "cover", "zones", "ndvi"):
        for form in FORMS:
            red, nir, mask = (name(folder, band, form) for band in ("red", "nir", "scl"))
            with tempfile.TemporaryDirectory(dir=folder) as made:
                out = os.path.join(made, "out.tif")
                masked = ["--mask", mask, "--mask-kind", "scl", "--json"]
                verb, rest = {
                    "stats": ("stats", masked), "cover": ("stats", [*ends, *masked]),
                    "zones": ("zones", [*ends, *masked, "--polygons", polygons, "--id", "id"]),
                    "ndvi": ("ndvi", ["--no-item", "--out", out]),
                }[work]
                commands = {"monitor": [monitor, "scene", verb, "--red", red, "--nir", nir, *rest]}
                for other, text in others:
                    commands[other] = shlex.split(text.format(
                        work=work, red=red, nir=nir, mask=mask, sites=polygons, form=form, out=out))
                measured = {program: [] for program in commands}
                for _ in range(rounds):
                    for program, command in commands.items():
                        if os.path.exists(out):
                            os.unlink(out)
                        measured[program].append(run(command))
            for program, runs in measured.items():
                wall, processor, peak = (statistics.median(r[i] for r in runs) for i in range(3))
                print(f"| {work} | {form} | {program} | {wall:.3f} ({min(r[0] for r in runs):.3f}) "
                      f"| {processor:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    words, beside = [], []
    arguments = iter(sys.argv[1:])
    for argument in arguments:
        if argument == "--beside":
            beside.append(tuple(next(arguments).split("=", 1)))
        else:
            words.append(argument)
    if len(words) in (2, 3) and words[0] == "make":
        make(words[1], int(words[2]) if len(words) == 3 else 10980)
    elif len(words) in (3, 4) and words[0] == "jp2":
        jp2(words[1], words[2], int(words[3]) if len(words) == 4 else 5)
    elif words[:1] == ["read-whole"]:
        read_whole(words[1:])
    elif words[:1] == ["read-tiles"]:
        read_tiles(words[1:])
    elif len(words) in (3, 4) and words[0] == "race":
        race(words[1], words[2], int(words[3]) if len(words) == 4 else 7, beside)
    else:
        sys.exit(__doc__)

"""Writes a course as an archive that Studio imports. The same course and start give the same bytes."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from peer_xblocks.course import folders, source
from peer_xblocks.course.mode import Mode, set_in
from peer_xblocks.item import xml
from peer_xblocks.refusal import Refusal

OFFICE = ZoneInfo("America/Chicago")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~-]{0,39}")


def archive(name: str, start: date, run: str = "", *, zone: ZoneInfo = OFFICE, mode: Mode = Mode.VIRTUAL) -> bytes:
    """The course `name` as a .tar.gz that opens at the first minute of `start` in `zone`; what it shares is copied in.

    The run is named after the month of its start, as in "2026-11", if you do not name it.
    """
    run = run or f"{start:%Y-%m}"
    if not _RUN.fullmatch(run):
        raise Refusal("Name the run with letters, digits, dots and hyphens, such as 2026-11.")
    opens = datetime.combine(start, time.min, zone).astimezone(UTC)
    files = dict(_files(source.find(name), run, f"{opens:%Y-%m-%dT%H:%M:%SZ}"))
    return _packed({name: set_in(data, mode) if name.endswith(".xml") else data for name, data in files.items()})


def _files(folder: Path, run: str, opens: str) -> Iterator[tuple[str, bytes]]:
    """What goes into the archive: all that is not ours alone, with the run and the start written in."""
    root = xml.parse((folder / "course.xml").read_bytes())
    ours = root.get("url_name", "")
    root.set("url_name", run)
    for name, path in folders.of(folder).packed():
        data = path.read_bytes()
        if name == "course.xml":
            data = xml.write(root)
        elif name == f"policies/{ours}/policy.json":
            data = _policy(data, ours, run, opens)
        yield _renamed(name, ours, run), data


def _renamed(name: str, ours: str, run: str) -> str:
    if name == f"course/{ours}.xml":
        return f"course/{run}.xml"
    inside = f"policies/{ours}/"
    return f"policies/{run}/{name.removeprefix(inside)}" if name.startswith(inside) else name


def _policy(data: bytes, ours: str, run: str, opens: str) -> bytes:
    said = json.loads(data)
    said[f"course/{run}"] = {**said.pop(f"course/{ours}", {}), "start": opens}
    return (json.dumps(said, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _packed(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for name in sorted(files):
            entry = tarfile.TarInfo(f"course/{name}")
            entry.size, entry.mode = len(files[name]), 0o644
            tar.addfile(entry, io.BytesIO(files[name]))
    return packed.getvalue()

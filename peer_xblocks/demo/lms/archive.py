"""A course archive as a set of named texts: read with limits, written so that the same course gives the same bytes."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from peer_xblocks.refusal import Refusal

MOST_PACKED = 20 * 1024 * 1024
MOST_BYTES = 100 * 1024 * 1024
MOST_FILES = 10_000
TOP = "course"


def write(files: Mapping[str, bytes]) -> bytes:
    """The files as a tar.gz under the folder `course/`."""
    packed = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name in sorted(files):
            entry = tarfile.TarInfo(f"{TOP}/{name}")
            entry.size, entry.mode = len(files[name]), 0o644
            tar.addfile(entry, io.BytesIO(files[name]))
    return packed.getvalue()


def read(packed: bytes) -> dict[str, bytes]:
    """The files of an archive by their path below the folder that holds `course.xml`; a `Refusal` for anything else."""
    if len(packed) > MOST_PACKED:
        raise Refusal("This archive is larger than 20 MB. Take large files out of it, then try again.", 413)
    try:
        files = _files(packed)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise Refusal("This is not a course archive. Export the course as a .tar.gz file, then try again.") from error
    homes = sorted(
        (path.parent for path in map(PurePosixPath, files) if path.name == "course.xml"), key=lambda p: len(p.parts)
    )
    if not homes:
        raise Refusal("This archive has no course.xml. Export the course again, then try once more.")
    home = homes[0]
    return {str(PurePosixPath(name).relative_to(home)): files[name] for name in files if _inside(name, home)}


def _files(packed: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:gz") as tar:
        for entry in tar:
            left -= entry.size
            if left < 0 or len(files) >= MOST_FILES:
                raise Refusal("This archive unpacks to more than a course needs. Take large files out of it.", 413)
            if entry.isdir():
                continue
            if not entry.isreg() or _leaves(entry.name):
                raise Refusal("This archive holds links or paths that lead out of it. Export the course again.")
            found = tar.extractfile(entry)
            files[str(PurePosixPath(entry.name))] = found.read() if found else b""
    return files


def _leaves(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts


def _inside(name: str, home: PurePosixPath) -> bool:
    return PurePosixPath(name).is_relative_to(home)

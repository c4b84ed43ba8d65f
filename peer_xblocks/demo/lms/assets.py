"""The files of a course: what its pages link to (`static/`) and how it is announced (`about/`)."""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import AssetKey, CourseKey

from peer_xblocks.demo.lms import access
from peer_xblocks.demo.models import Asset, Course
from peer_xblocks.refusal import Refusal

LINKED = "static/"
FOLDERS = (LINKED, "about/")
MB = 1024 * 1024
MOST_BYTES = 10 * MB
MOST_TOGETHER = 50 * MB
MOST_PATH = 150
LITTER = re.compile(r"\._.*|\.DS_Store|.*~")  # what computers leave behind; Studio passes over it too
NO_NAME = re.compile(r"[^\w.-]")

PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"
KINDS = mimetypes.MimeTypes()  # the same on every machine
for _kind, _ending in {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".xhtml",
    "audio/mp4": ".m4a",
    "font/woff2": ".woff2",
    "image/webp": ".webp",
    "text/markdown": ".md",
    # Nothing of a course runs as a script of the site, in a page or behind it: browsers refuse this kind.
    PLAIN: ".js",
}.items():
    KINDS.add_type(_kind, _ending)
KINDS.add_type(PLAIN, ".mjs")

PLAYED = (
    "application/pdf",
    "audio/",
    "video/",
)  # browsers show these with players of their own, but not sandboxed ones
SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; "
    "font-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def keep(course: CourseKey, files: Mapping[str, bytes]) -> list[str]:
    """Takes the files of an archive into a course; answers what was left out, a sentence each.

    A file that is too large, or whose name could mean something else than a name, refuses them all.
    """
    found = {path: files[path] for path in sorted(files) if path.startswith(FOLDERS) and not _is_litter(path)}
    _demand(found)
    taken: dict[str, str] = {}
    for path in found:
        taken.setdefault(_name_of(path), path)
    kept = set(taken.values())
    Asset.objects.bulk_create(
        [Asset(course_id=str(course), path=path, name=name, data=found[path]) for name, path in taken.items()]
    )
    return [
        f"{path} was left out: its address would be that of {taken[_name_of(path)]}. Give it another name."
        for path in found
        if path not in kept
    ]


def of(course: CourseKey) -> dict[str, bytes]:
    """The files of a course by their path in an archive."""
    rows = Asset.objects.filter(course_id=str(course)).values_list("path", "data")
    return {path: bytes(data) for path, data in rows}


def address(course: CourseKey, name: str) -> str:
    """Where the file stands that a page of the course calls `/static/NAME`."""
    return f"/{course.make_asset_key('asset', _clean(unquote(name)))}"  # type: ignore[attr-defined]


def find(key: str, user: Any) -> Asset | None:
    """The file of an asset key, where this person may see its course."""
    try:
        asset = AssetKey.from_string(key)
    except InvalidKeyError:
        return None
    course = str(asset.course_key)
    if not _is_open(course, user):
        return None
    return Asset.objects.filter(course_id=course, name=f"{LINKED}{asset.path}").first()


def headers(name: str) -> dict[str, str]:
    """What a browser must know about a file: its kind, and that it has no part in the site that serves it."""
    found, packed = KINDS.guess_type(f"x{PurePosixPath(name).suffix.lower()}", strict=False)
    kind = UNKNOWN if packed or not found else found
    told = {
        "Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    return told if kind.startswith(PLAYED) else told | {"Content-Security-Policy": SANDBOX}


def _is_open(course: str, user: Any) -> bool:
    if Course.objects.filter(key=course, public=True).exists():
        return True
    return access.enrolment(user.id, course) is not None or access.is_staff(user, course)


def _is_litter(path: str) -> bool:
    return LITTER.fullmatch(PurePosixPath(path).name) is not None


def _demand(found: Mapping[str, bytes]) -> None:
    for path, data in found.items():
        if len(path) > MOST_PATH or not path.isprintable() or "\\" in path or ".." in PurePosixPath(path).parts:
            raise Refusal(f"A file of this course has a name that no file may have: “{_shown(path)}”. Rename it.")
        if len(data) > MOST_BYTES:
            raise Refusal(f"{path} is larger than {MOST_BYTES // MB} MB. Make it smaller, then try again.", 413)
    if sum(map(len, found.values())) > MOST_TOGETHER:
        raise Refusal(f"The files of this course are larger than {MOST_TOGETHER // MB} MB. Take some out.", 413)


def _shown(path: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in path[:80])


def _name_of(path: str) -> str:
    """One name for each file: for what pages link to, its folder and how its address calls it."""
    return f"{LINKED}{_clean(path.removeprefix(LINKED))}" if path.startswith(LINKED) else path


def _clean(name: str) -> str:
    """A name as the platform makes it part of an address: folders become part of it."""
    return NO_NAME.sub("_", unicodedata.normalize("NFC", name))

"""Where the curriculum lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from peer_xblocks.refusal import NotThere

SHIPPED = Path(__file__).parent / "curriculum"
CHECKOUT = Path(__file__).parents[2] / "curriculum"
TRACKS = "tracks"


def root() -> Path:
    """The folder of all courses."""
    return SHIPPED if SHIPPED.is_dir() else CHECKOUT


def names() -> list[str]:
    """The names of all courses, as in "ce/boundaries"."""
    return sorted(path.parent.relative_to(root()).as_posix() for path in root().rglob("course.xml"))


def find(name: str) -> Path:
    """The folder of one course, by its name ("crss" for "tracks/crss") or its path; `NotThere` names those that exist."""
    for path in _places(name):
        if (path / "course.xml").is_file():
            return path
    raise NotThere(f"There is no course “{name}”. Name a folder with a course.xml, or one of: {', '.join(names())}.")


def within(name: str) -> list[Path]:
    """The folders of the courses that a name stands for: one course, or all below a folder such as "ce"."""
    for folder in _places(name):
        below = sorted(path.parent for path in folder.rglob("course.xml")) if folder.is_dir() else []
        if below:
            return below
    return [find(name)]


def _places(name: str) -> tuple[Path, ...]:
    return root() / name, root() / TRACKS / name, Path(name)

"""The folders that a course is written in: its own, and those that it shares with other courses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peer_xblocks.refusal import Refusal

SOURCES, INCLUDE = "sources.toml", "include.toml"


@dataclass(frozen=True, slots=True)
class Folders:
    """A course's own folder, and by their names in include.toml (as in "../../core") those that it shares."""

    own: Path
    shared: tuple[tuple[str, Path], ...] = ()

    def path(self, name: str) -> Path | None:
        """Where a file of the course lies; its own folder is asked first. None where there is no such file."""
        return next((folder / name for folder in self.all() if (folder / name).is_file()), None)

    def where(self, name: str) -> str:
        """What to call a file, so that an author finds it from the course's own folder."""
        said = (f"{label}/{name}" for label, folder in self.shared if (folder / name).is_file())
        return name if (self.own / name).is_file() else next(said, name)

    def all(self) -> Iterator[Path]:
        """Every folder, the course's own first."""
        yield self.own
        for _, folder in self.shared:
            yield folder

    def listed(self, pattern: str = "**/*") -> list[str]:
        """The names of all files that fit a pattern, each once."""
        found = (path.relative_to(folder) for folder in self.all() for path in folder.glob(pattern) if path.is_file())
        return sorted({name.as_posix() for name in found})

    def doubles(self) -> list[str]:
        """Files that two folders hold, so that one hides the other. Notes and sources may stand in each."""
        own = [name for name in self.listed() if _course(name)]
        return [name for name in own if sum((folder / name).is_file() for folder in self.all()) > 1]

    def packed(self) -> Iterator[tuple[str, Path]]:
        """What an archive holds of the course: all files but those that are for its authors alone."""
        for name in self.listed():
            found = self.path(name)
            if found and _course(name):
                yield name, found


def of(folder: Path) -> Folders:
    """The folders of the course in `folder`; a `Refusal` says what is wrong with its include.toml."""
    path = folder / INCLUDE
    if not path.is_file():
        return Folders(folder)
    try:
        names = [str(name) for name in tomllib.loads(path.read_text(encoding="utf-8"))["folders"]]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refusal(f'It cannot be read: {error}. Write folders = ["../../core"].') from error
    for name in names:
        if not (folder / name).is_dir():
            raise Refusal(f"There is no folder “{name}”. Name a folder from here, such as ../../core.")
    return Folders(folder, tuple((name, folder / name) for name in names))


def _course(name: str) -> bool:
    return name not in (SOURCES, INCLUDE) and not name.endswith(".md") and "/." not in f"/{name}"

"""Bank files: a bank in XML, GIFT, CSV or a workbook, read with all that is wrong with it, and written again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from peer_xblocks.course import source
from peer_xblocks.exam.bank import STATUSES, Bank, BankItem
from peer_xblocks.exam.findings import findings
from peer_xblocks.item import bank_olx, csv, gift, xlsx
from peer_xblocks.item.data import identifier
from peer_xblocks.item.entry import MOST_BYTES, Entry, Reading, broken, measured, refused
from peer_xblocks.item.item import Item, option_id
from peer_xblocks.item.lint import Fault
from peer_xblocks.refusal import NotThere, Refusal

YES, NO = ("true", "yes", "x", "1"), ("", "false", "no", "0")
MOST_TITLE = 255

Reader = Callable[[bytes], Reading]
Writer = Callable[[Sequence[Entry], Mapping[str, str]], bytes]


def _gift(data: bytes) -> Reading:
    try:
        return gift.read_bank(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Reading(faults=(broken(f"line {line}", "It is not UTF-8 text.", "Save the file as UTF-8."),))


FORMATS: dict[str, tuple[Reader, Writer]] = {
    ".xml": (bank_olx.read, bank_olx.write),
    ".gift": (_gift, lambda entries, _: gift.write_bank(entries).encode()),
    ".csv": (csv.read, lambda entries, _: csv.write(entries)),
    ".xlsx": (xlsx.read, lambda entries, _: xlsx.write(entries)),
}


@dataclass(frozen=True, slots=True)
class BankFile:
    """A bank as a file holds it, version 0, and all that was found; None where the file says no bank."""

    bank: Bank | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether the bank may be loaded."""
        return self.bank is not None and not any(fault.grave for fault in self.faults)


def shipped() -> dict[str, Path]:
    """The banks that come with the product, file by code: for practice and as drafts, never for decisions."""
    return {path.stem: path for path in sorted((source.root() / "banks").glob("*.xml"))}


def find(name: str) -> Path:
    """The file of that name, or of the bank of that code that we ship; `NotThere` names those that exist."""
    path = Path(name)
    if path.is_file():
        return path
    if name in shipped():
        return shipped()[name]
    known = ", ".join(shipped()) or "none"
    raise NotThere(f"There is no file “{name}”. Name a file, or one of the banks that come with the product: {known}.")


def read_file(path: Path, head: Mapping[str, str] | None = None) -> BankFile:
    """The bank in a file; `head` gives code, title or status, and wins over what the file says of itself."""
    if path.stat().st_size > MOST_BYTES:
        do = "Split it into smaller files."
        return BankFile(None, (broken("the file", f"It is larger than {MOST_BYTES >> 20} MB.", do),))
    own = {"code": path.stem.lower(), **(head or {})} if path.suffix.lower() != ".xml" else (head or {})
    made = read(path.read_bytes(), path.suffix, own)
    if made.bank and made.bank.status == "deciding" and path in shipped().values():
        do = "Banks that come with the product are public. Load one of your own."
        return replace(made, faults=(*made.faults, broken("the file", "It may not decide about people.", do)))
    return made


def read(data: bytes, suffix: str, head: Mapping[str, str]) -> BankFile:
    """The bank in the bytes of a file whose name ends in `suffix`."""
    try:
        reading = format_of(suffix)[0](data)
    except Refusal as refusal:
        return BankFile(None, (refused("the file", refusal),))
    faults = list(reading.faults)
    items, places = [], []
    for entry in reading.entries:
        held = _banked(entry)
        if isinstance(held, Fault):
            faults.append(held)
        else:
            items.append(held)
            places.append(entry.place)
    made, wrong = _headed({**reading.head, **{name: value for name, value in head.items() if value}}, tuple(items))
    if not reading.entries and not faults:
        faults.append(broken("the file", "It holds no items.", "Add some."))
    return BankFile(made, (*wrong, *faults, *(findings(made, places) if made else ())))


def write(bank: Bank, suffix: str) -> bytes:
    """The file of a bank. In GIFT, CSV and workbooks code, title and status are the file's name and the reader's say."""
    entries = [Entry("", each.item, _marks(each)) for each in bank.items]
    return format_of(suffix)[1](entries, {"code": bank.code, "title": bank.title, "status": bank.status})


def format_of(suffix: str) -> tuple[Reader, Writer]:
    """How files whose names end in `suffix` are read and written; `Refusal` for any that hold no banks."""
    if suffix.lower() in (".xlsm", ".xltm", ".xlsb", ".xls"):
        raise Refusal("This kind of workbook may hold macros. Save it as .xlsx, which holds none.")
    if suffix.lower() not in FORMATS:
        raise Refusal(f"A bank cannot be kept in a “{suffix}” file. Use one of {', '.join(FORMATS)}.")
    return FORMATS[suffix.lower()]


# -- a bank from what a file says ------------------------------------------------------------------------------


def _headed(head: Mapping[str, str], items: tuple[BankItem, ...]) -> tuple[Bank | None, list[Fault]]:
    """The bank, None without a code that can be used; and what is wrong with its code, title or status."""
    faults = []
    code, status = head.get("code", ""), head.get("status") or "draft"
    title = " ".join(head.get("title", "").split()) or code
    try:
        identifier(code, "The bank")
    except Refusal as refusal:
        return None, [refused("the bank", refusal)]
    if code != code.lower():
        faults.append(broken("the bank", f"Its code “{code}” has capitals.", "Write it in small letters."))
    if len(title) > MOST_TITLE:
        faults.append(broken("the bank", f"Its title has more than {MOST_TITLE} characters.", "Make it shorter."))
    if status not in STATUSES:
        faults.append(broken("the bank", f"“{status[:40]}” is no status.", f"Write one of {', '.join(STATUSES)}."))
    return Bank(code, 0, title, status, items), faults


def _banked(entry: Entry) -> BankItem | Fault:
    if fault := measured(entry):
        return fault
    trial, facility = entry.marks.get("trial", "").casefold(), entry.marks.get("facility", "")
    if trial not in (*YES, *NO):
        return broken(
            entry.place, f"“{trial[:40]}” does not say whether it is a trial item.", "Write true, or nothing."
        )
    part = _part(facility)
    if facility and part is None:
        do = "Write a part from 0 to 1, as in 0.72, or nothing."
        return broken(entry.place, f"Its facility “{facility[:40]}” is no part.", do)
    enemies = tuple(entry.marks.get("enemies", "").replace(",", " ").replace(";", " ").split())
    return BankItem(_lettered(entry.item), trial in YES, part, enemies)


def _part(written: str) -> float | None:
    try:
        part = float(written)
    except ValueError:
        return None
    return part if 0 <= part <= 1 else None


def _lettered(item: Item) -> Item:
    """The item with its answers named a, b, c …: the names that every format can carry."""
    options = tuple(replace(option, id=option_id(at)) for at, option in enumerate(item.options))
    return item if options == item.options else replace(item, options=options)


def _marks(each: BankItem) -> dict[str, str]:
    marks = {
        "trial": "true" if each.trial else "",
        "facility": "" if each.facility is None else repr(each.facility),
        "enemies": " ".join(each.enemies),
    }
    return {name: value for name, value in marks.items() if value}

"""The records of banks: versions added whole, read back as they were, items found by digest years later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from peer_xblocks import clock
from peer_xblocks.exam import models
from peer_xblocks.exam.bank import Bank, BankItem
from peer_xblocks.exam.bank_file import shipped
from peer_xblocks.item.data import stored, to_data
from peer_xblocks.item.item import Item
from peer_xblocks.learner import learners
from peer_xblocks.refusal import NotThere

__all__ = ["item", "keep", "keep_all", "load", "newest", "rows", "shipped"]

#: How often another's import may take the next number first before we give up.
RACES = 5


def load(code: str, version: int | None = None) -> Bank:
    """A version of a bank, the newest where none is named; `NotThere` where there is none."""
    rows = models.Bank.objects.filter(code=code)
    row = (rows if version is None else rows.filter(version=version)).order_by("-version").first()
    if row is None:
        what = f"bank “{code}”" if version is None else f"version {version} of the bank “{code}”"
        raise NotThere(f"There is no {what} on this site. Load it with: peer-xblocks bank import FILE.")
    items = tuple(_item(each) for each in row.rows.order_by("place"))
    return Bank(row.code, row.version, row.title, row.status, items)


def keep_all(held: Sequence[Bank], by: str) -> list[Bank]:
    """Keeps several banks, or none of them where one cannot be kept."""

    def write() -> list[Bank]:
        with transaction.atomic():
            # Locked before anything is read, so that what is read afterwards is what the lock holds.
            list(
                models.Bank.objects.select_for_update().filter(code__in={bank.code for bank in held}).values_list("id")
            )
            return [keep(bank, by) for bank in held]

    return learners.retrying(write)


def keep(bank: Bank, by: str) -> Bank:
    """Adds `bank` as the next version of its code and answers it with that version; `by` names who loads it.

    The newest version is answered, and nothing is added, where it says the same already.
    """
    for _ in range(RACES):
        try:
            return learners.retrying(lambda: _next(bank, by))
        except IntegrityError:  # somebody else took the number first
            continue
    return learners.retrying(lambda: _next(bank, by))


def item(digest: str) -> Item:
    """The version of an item that a form names by its digest; `NotThere` where no bank ever held it."""
    row = models.BankItem.objects.filter(digest=digest).order_by("id").first()
    if row is None:
        raise NotThere("This question is in no bank of this site. Ask the exam office where its bank went.")
    return stored(row.body)


def newest() -> dict[str, int]:
    """The newest version of each code on this site."""
    return dict(models.Bank.objects.values_list("code").annotate(newest=Max("version")).order_by("code"))


def rows() -> list[tuple[str, int, str, int, str, str]]:
    """Code, version, status, number of items, who loaded it, and title of each bank of this site."""
    found = models.Bank.objects.annotate(held=Count("rows")).order_by("code", "version")
    return list(found.values_list("code", "version", "status", "held", "loaded_by", "title"))


def _next(bank: Bank, by: str) -> Bank:
    with transaction.atomic():
        last = models.Bank.objects.select_for_update().filter(code=bank.code).order_by("-version").first()
        if last is not None and last.digest == bank.digest:
            kept = load(last.code, last.version)
            if kept == replace(bank, version=last.version):
                return kept
        return _added(replace(bank, version=last.version + 1 if last else 1), by)


def _added(bank: Bank, by: str) -> Bank:
    row = models.Bank(
        code=bank.code, version=bank.version, title=bank.title, status=bank.status, digest=bank.digest,
        loaded_at=clock.epoch(), loaded_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    rows = [_row(row, place, each) for place, each in enumerate(bank.items)]
    models.BankItem.objects.bulk_create(rows, batch_size=500)
    return bank


def _row(bank: models.Bank, place: int, each: BankItem) -> models.BankItem:
    return models.BankItem(
        bank=bank, place=place, item=each.id, digest=each.digest, domain=each.domain, level=each.level,
        trial=each.trial, facility=each.facility, enemies=list(each.enemies), body=to_data(each.item),
    )  # fmt: skip


def _item(row: models.BankItem) -> BankItem:
    return BankItem(stored(row.body), row.trial, row.facility, tuple(row.enemies))

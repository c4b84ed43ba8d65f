"""Banks and their items. A version is added whole and never changed; times are Unix seconds."""

from __future__ import annotations

from typing import Any

from django.db import models


class Kept(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError(f"A {type(self).__name__} is added, never changed: import a new version of the bank.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """TypeError: a sitting years ago may name what this row says."""
        raise TypeError(f"A {type(self).__name__} is kept for ever: a sitting may name it.")


class Bank(Kept):
    """One version of a bank: what it is for, the digest of its content, who loaded it and when."""

    code = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    status = models.CharField(max_length=16)
    digest = models.CharField(max_length=64)
    loaded_at = models.BigIntegerField()
    loaded_by = models.CharField(max_length=255)

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="peer_exam_bank_version_once")]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"


class BankItem(Kept):
    """One item of a bank's version. `place` is its row in the file; `body` is the whole item, key included."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    item = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    domain = models.CharField(max_length=64)
    level = models.CharField(max_length=16)
    trial = models.BooleanField()
    facility = models.FloatField(null=True)
    enemies = models.JSONField()
    body = models.JSONField()

    class Meta:
        app_label = "peer_exam"
        constraints = [models.UniqueConstraint(fields=["bank", "item"], name="peer_exam_bank_item_once")]
        indexes = [models.Index(fields=["digest"], name="peer_exam_bank_item_digest")]

    def __str__(self) -> str:
        return f"{self.item} of bank {self.bank_id}"

"""Tables of the exam room."""

from peer_xblocks.exam.models.bank import Bank, BankItem
from peer_xblocks.exam.models.sitting import (
    Allowance,
    Answer,
    Form,
    Journal,
    Score,
    Sitting,
    StaffAct,
    Standing,
)

__all__ = [
    "Allowance",
    "Answer",
    "Bank",
    "BankItem",
    "Form",
    "Journal",
    "Score",
    "Sitting",
    "StaffAct",
    "Standing",
]

"""Tables of the exam room."""

from peer_xblocks.exam.models.bank import Bank, BankItem

__all__ = ["Bank", "BankItem"]

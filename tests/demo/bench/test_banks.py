"""The bench of banks loads what it says it loads."""

import pytest

from peer_xblocks.demo.bench import banks
from peer_xblocks.exam.bank_file import FORMATS, read, write


def test_the_bank_that_is_measured_is_sound_and_says_the_same_in_every_kind_of_file():
    made = banks.made(60)
    for suffix in FORMATS:
        back = read(write(made, suffix), suffix, {"code": made.code, "title": made.title})
        assert back.sound and back.bank == made


def test_an_import_that_did_not_load_is_no_figure(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text("nothing")
    with pytest.raises(RuntimeError, match="broken.csv was not imported: exit status 1"):
        banks.imported(path)

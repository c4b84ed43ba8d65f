"""`peer-xblocks bank`: what it prints and how it answers."""

import stat

import pytest
from click.testing import CliRunner

from peer_xblocks.cli import main
from peer_xblocks.exam import bank_file, banks
from peer_xblocks.exam.bank_file import FORMATS, write
from tests.exam.banks_made import bank

HEADING = "id,domain,level,stem,key,option_a,option_b,option_c\n"


def run(*args):
    return CliRunner().invoke(main, ["bank", *map(str, args)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "made-up.xml"
    path.write_bytes(write(bank(12), ".xml"))
    return path


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text(
        f"{HEADING}q1,D1,recall,Which is not so?,b,=1+1,Two,Three\nq2,,recall,What is so?,b,One,Two,Three\n"
    )
    return path


def test_check_of_a_sound_bank_shows_what_a_blueprint_can_draw_from(file):
    told = run("check", file)
    assert told.exit_code == 0, told.output
    assert told.output.splitlines()[0] == f"{file}: sound."
    rows = [line.split() for line in told.output.splitlines()[1:]]
    assert rows[0] == ["made-up", "(draft)", "recall", "apply", "judge", "scored", "trial"]
    assert rows[1] == ["D1", "2", "0", "0", "2", "0"]


def test_check_says_each_problem_on_a_line_with_file_place_and_what_to_do(broken):
    told = run("check", broken)
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert lines[0] == (
        f"{broken}: row 2, option_a (cell F2): It begins with “=”, as a formula does. "
        "Write what it comes to, or put an apostrophe (') before it."
    )
    assert (
        f"{broken}: row 3, q2: Its domain is not set. Choose the part of the exam outline that it belongs to." in lines
    )
    assert lines[-1] == f"{broken}: 2 to mend, 1 to look at."
    assert [line for line in lines if line.endswith("(a hint)")] == [
        f"{broken}: row 3, q2: There is no reason for the right answer. Write one sentence that says why it is right. (a hint)"
    ]


@pytest.mark.parametrize(
    "args",
    [("check",), ("check", "none.csv"), ("import", "none"), ("export", "x"), ("check", "--status", "final", "x")],
)
def test_wrong_use_is_answered_with_2(args):
    assert run(*args).exit_code == 2


@pytest.mark.django_db
def test_import_keeps_a_new_version_and_says_so(file):
    told = run("import", file, "--by", "A. Officer")
    assert told.exit_code == 0, told.output
    kept = banks.load("made-up")
    assert kept.items == bank(12).items
    assert f"made-up: version 1, 12 items, draft, digest {kept.digest}." in told.output


@pytest.mark.django_db
def test_importing_the_same_again_adds_nothing_and_says_so(file):
    run("import", file)
    told = run("import", file)
    assert told.exit_code == 0
    assert "made-up: this is what version 1 says already; nothing was added." in told.output
    assert banks.newest() == {"made-up": 1}


@pytest.mark.django_db
def test_import_loads_nothing_where_one_file_has_something_to_mend(file, broken):
    told = run("import", file, broken)
    assert told.exit_code == 1
    assert "Nothing was loaded." in told.output
    assert banks.newest() == {}


@pytest.mark.django_db
def test_a_hint_does_not_hinder_an_import(tmp_path):
    path = tmp_path / "hints.csv"
    path.write_text(f"{HEADING}q1,D1,recall,What is so?,b,One,Two,Three\n")
    told = run("import", path, "--status", "practice", "--title", "Try it")
    assert told.exit_code == 0 and "(a hint)" in told.output
    assert (banks.load("hints").status, banks.load("hints").title) == ("practice", "Try it")


@pytest.mark.django_db
def test_what_decides_about_people_has_a_reason_and_a_source_for_each_key(tmp_path):
    path = tmp_path / "final.csv"
    path.write_text(f"{HEADING}q1,D1,recall,What is so?,b,One,Two,Three\n")
    told = run("import", path, "--status", "deciding")
    assert told.exit_code == 1 and "There is no reason for the right answer." in told.output
    assert banks.newest() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_export_writes_what_import_takes_back_and_only_its_owner_reads_it(suffix, file, tmp_path):
    run("import", file)
    path = tmp_path / f"out{suffix}"
    told = run("export", "made-up", "-o", path)
    assert told.exit_code == 0, told.output
    assert "12 items of made-up version 1. It holds the answers: keep it safe." in told.output
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = run("import", path, "--code", "made-up", "--title", "A made-up bank")
    assert "nothing was added" in again.output


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "said"), [(("none",), "There is no bank “none”"), (("made-up", "--version", 7), "no version 7")]
)
def test_export_of_what_is_not_there_is_wrong_use_and_writes_nothing(args, said, file, tmp_path):
    run("import", file)
    path = tmp_path / "out.csv"
    told = run("export", *args, "-o", path)
    assert told.exit_code == 2 and said in told.output
    assert not path.exists()


@pytest.mark.django_db
def test_a_bank_that_comes_with_the_product_is_imported_by_its_code(tmp_path, monkeypatch):
    (tmp_path / "banks").mkdir()
    (tmp_path / "banks" / "made-up.xml").write_bytes(write(bank(3), ".xml"))
    monkeypatch.setattr(bank_file.source, "root", lambda: tmp_path)
    assert run("import", "made-up").exit_code == 0
    assert banks.load("made-up").items == bank(3).items
    listed = run("list").output
    assert "With the product: made-up." in listed
    assert any(line.split()[:4] == ["made-up", "1", "draft", "3"] for line in listed.splitlines())


def test_without_a_site_the_records_are_wrong_use(monkeypatch, file):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setattr("peer_xblocks.exam.command.apps.ready", False)
    told = run("import", file)
    assert told.exit_code == 2 and "DJANGO_SETTINGS_MODULE" in told.output

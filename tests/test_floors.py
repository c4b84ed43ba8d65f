"""The house stands: imports go down, apps are in both plugin groups, nothing private is a static file."""

from importlib.metadata import entry_points

import pytest
from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from importlinter.cli import lint_imports


def test_imports_only_go_down(capsys):
    assert lint_imports(config_filename="setup.cfg", no_cache=True) == 0, capsys.readouterr().out


def test_every_room_is_an_app_of_lms_and_of_studio():
    groups = [
        {each.value for each in entry_points(group=group) if each.value.startswith("peer_xblocks")}
        for group in ("lms.djangoapp", "cms.djangoapp")
    ]
    assert groups[0] == groups[1] != set()


def test_every_block_lives_in_an_installed_room():
    for entry in entry_points(group="xblock.v1"):
        if entry.value.startswith("peer_xblocks"):
            block = entry.load()
            assert apps.get_containing_app_config(block.__module__).label == f"peer_{block.room}", entry
            assert block.resources_dir is None


@pytest.mark.parametrize("private", [".toml", ".html", ".py", ".json", ".xml", ".gift", ".xlsx", ".csv", ".olx"])
def test_no_data_file_is_public(private):
    ours = [path for finder in get_finders() for path, _ in finder.list([]) if path.startswith("peer_")]
    assert ours
    assert not [path for path in ours if path.endswith(private)]

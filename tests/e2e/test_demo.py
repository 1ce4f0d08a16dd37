"""`make demo` with a smaller gallery: everything real, from an empty folder to the contact sheets."""

from pathlib import Path

import pytest
from PIL import Image

from deploy import demo


def test_the_demo_runs_from_an_empty_folder_and_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    demo.main(size=24)
    demo.main(size=24)
    shown = capsys.readouterr().out
    for query in demo.QUERIES:
        assert query in shown
    for word in demo.UNSEEN_WORDS:
        assert word in shown
    assert shown.count("up to date") == 1
    for number in range(1, 4):
        with Image.open(demo.DEMO / f"answers-{number}.png") as sheet:
            assert min(sheet.size) > 300
    assert "moodseum train --paintings wikiart/" in shown

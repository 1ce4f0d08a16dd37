import pytest

from indexer.commands.wording import paintings


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "0 paintings"), (1, "1 painting"), (2, "2 paintings"), (80031, "80,031 paintings")],
)
def test_one_is_singular_and_thousands_are_grouped(count: int, told: str) -> None:
    assert paintings(count) == told

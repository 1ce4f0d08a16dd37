from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from search_api.relating.kept import LOCKS, Kept


def test_what_was_worked_out_is_not_worked_out_again() -> None:
    kept: Kept[object] = Kept(2)
    first = kept.get("a", object)
    assert kept.get("a", object) is first
    assert kept.get("b", object) is not first


def test_the_longest_unasked_for_is_forgotten_first() -> None:
    kept: Kept[object] = Kept(2)
    a, b = kept.get("a", object), kept.get("b", object)
    assert kept.get("a", object) is a
    kept.get("c", object)
    assert kept.get("a", object) is a
    assert kept.get("b", object) is not b


def test_what_fails_is_tried_again() -> None:
    kept: Kept[int] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 // 0)
    assert kept.get("a", lambda: 1) == 1


def test_only_who_asks_for_the_same_waits() -> None:
    kept: Kept[str] = Kept(9)
    begun, go_on = Event(), Event()

    def slowly() -> str:
        begun.set()
        assert go_on.wait(60)
        return "slow"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(kept.get, 0, slowly)
        assert begun.wait(60)
        second = threads.submit(kept.get, 0, lambda: "quick")
        assert kept.get(1 % LOCKS, lambda: "another") == "another"
        go_on.set()
        assert (first.result(60), second.result(60)) == ("slow", "slow")

import pytest
import torch
from sentence_transformers.base.modules import Router

from encoders.projection import IMAGE, TEXT, head, make_heads
from trainer.heads.interpolation import interpolate


def moved(heads: Router) -> Router:
    """The heads with 1 added to every number."""
    with torch.no_grad():
        for parameter in heads.parameters():
            parameter.add_(1.0)
    return heads


def test_a_quarter_of_the_way_is_a_quarter_of_every_number() -> None:
    untrained, trained = make_heads(3, 3), moved(make_heads(3, 3))
    blended = interpolate(untrained, trained, 0.25)
    for modality in (IMAGE, TEXT):
        torch.testing.assert_close(head(blended, modality).weight, torch.eye(3) + 0.25)
        torch.testing.assert_close(head(blended, modality).bias, torch.full((3,), 0.25))


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_the_ends_are_the_untrained_and_the_trained_heads(weight: float) -> None:
    untrained, trained = make_heads(3, 3), moved(make_heads(3, 3))
    expected = trained if weight else untrained
    for one, other in zip(
        interpolate(untrained, trained, weight).parameters(), expected.parameters(), strict=True
    ):
        assert torch.equal(one, other)


def test_a_layer_that_started_at_random_is_taken_as_trained() -> None:
    untrained, trained = make_heads(5, 3), moved(make_heads(5, 3))
    blended = interpolate(untrained, trained, 0.5)
    assert torch.equal(head(blended, IMAGE).weight, head(trained, IMAGE).weight)
    torch.testing.assert_close(head(blended, TEXT).weight, torch.eye(3) + 0.5)


def test_blending_changes_neither() -> None:
    untrained, trained = make_heads(3, 3), moved(make_heads(3, 3))
    interpolate(untrained, trained, 0.5)
    assert torch.equal(head(untrained, TEXT).weight, torch.eye(3))
    assert torch.equal(head(trained, TEXT).weight, torch.eye(3) + 1)


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="0, 1"):
        interpolate(make_heads(3, 3), make_heads(3, 3), weight)

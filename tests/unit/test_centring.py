import numpy as np
import pytest
import torch
from torch import Tensor

from encoders.projection import IMAGE, TEXT, head, is_identity, make_heads, project
from encoders.vectors import unit
from trainer.heads.centring import Centring, start_aside

LOOK, WORDS = 12, 6


def vectors(rows: int, width: int, seed: int = 0) -> Tensor:
    """Unit vectors that all lean the same way."""
    return torch.from_numpy(unit(np.random.default_rng(seed).standard_normal((rows, width)) + 1))


def test_the_middles_of_looks_and_vocabulary_move_to_zero() -> None:
    looks, words = vectors(50, LOOK), vectors(9, WORDS)
    centring = Centring.around(make_heads(LOOK, WORDS), looks, words)
    torch.testing.assert_close(centring.looks(looks).mean(dim=0), torch.zeros(LOOK), atol=1e-6, rtol=0)
    torch.testing.assert_close(centring.texts(words).mean(dim=0), torch.zeros(WORDS), atol=1e-6, rtol=0)


def test_a_new_image_layer_sees_all_components_spread_alike() -> None:
    looks = vectors(50, LOOK) * torch.linspace(1, 100, LOOK)
    seen = Centring.around(make_heads(LOOK, WORDS), looks, vectors(9, WORDS)).looks(looks)
    torch.testing.assert_close(seen.std(dim=0, correction=0), torch.full((LOOK,), LOOK**-0.5))
    assert seen.square().sum(dim=1).mean().item() == pytest.approx(1)


def test_a_component_that_is_always_the_same_stays_finite() -> None:
    looks = torch.ones(5, LOOK)
    seen = Centring.around(make_heads(LOOK, WORDS), looks, vectors(9, WORDS)).looks(looks)
    assert torch.equal(seen, torch.zeros(5, LOOK))


def test_a_layer_that_starts_as_the_identity_sees_looks_as_they_are_but_for_their_middle() -> None:
    looks = vectors(50, WORDS)
    seen = Centring.around(make_heads(WORDS, WORDS), looks, vectors(9, WORDS)).looks(looks)
    torch.testing.assert_close(seen, looks - looks.mean(dim=0))


def test_heads_that_learned_on_centred_inputs_give_the_same_without_it() -> None:
    looks, words = vectors(40, LOOK), vectors(9, WORDS)
    heads = make_heads(LOOK, WORDS)
    centring = Centring.around(heads, looks, words)
    within = (
        project(heads, IMAGE, centring.looks(looks).numpy()),
        project(heads, TEXT, centring.texts(words).numpy()),
    )
    centring.fold_into(heads)
    without = project(heads, IMAGE, looks.numpy()), project(heads, TEXT, words.numpy())
    for one, other in zip(within, without, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_new_image_layer_starts_with_all_pictures_equally_far_from_all_words() -> None:
    """Five words in six dimensions leave one direction in which they are alike."""
    heads, words = make_heads(LOOK, WORDS), vectors(5, WORDS)
    start_aside(heads, words)
    pictures = project(heads, IMAGE, vectors(3, LOOK).numpy())
    similarities = pictures @ (words - words.mean(dim=0)).T.numpy()
    np.testing.assert_allclose(pictures[0], pictures[1])
    np.testing.assert_allclose(similarities, 0, atol=1e-5)


def test_a_layer_that_starts_as_the_identity_stays_so() -> None:
    heads = make_heads(WORDS, WORDS)
    start_aside(heads, vectors(9, WORDS))
    assert is_identity(head(heads, IMAGE))

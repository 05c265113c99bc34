"""The certificate that this room's servers show."""

from __future__ import annotations

import pytest

from tests.mail.badserver import Certificate

pytest.register_assert_rewrite("tests.mail.transport_suite")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Made once: a key takes a moment."""
    return Certificate(tmp_path_factory.mktemp("certificate"))

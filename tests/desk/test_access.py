"""Tokens are given out once, kept as digests, and taken back for good."""

from __future__ import annotations

import asyncio
import time

import pytest

from db.pool import Pool, transaction
from desk import access
from desk.office import Office
from domain import errors
from domain.access import FROM_SETTINGS, Caller
from domain.rules import Rules
from tests.cast import NOW


async def test_a_token_itself_is_kept_nowhere(pool: Pool) -> None:
    given = await access.give(Office(pool, Rules()), "ana", "write", "s3cret", NOW)
    assert given.token == "s3cret"
    row = await pool.fetchrow("select * from api_token")
    assert "s3cret" not in str(dict(row))
    assert "s3cret" not in (await access.listed(Office(pool, Rules()))).model_dump_json()


async def test_a_name_that_is_in_use_is_refused_and_a_revoked_one_given_anew(pool: Pool) -> None:
    office = Office(pool, Rules())
    await access.give(office, "ana", "read", "one", NOW)
    with pytest.raises(errors.Refused, match="has a token already"):
        await access.give(office, "ana", "write", "two", NOW)
    await access.revoke(office, "ana", NOW)
    await access.give(office, "ana", "write", "three", NOW)
    keys = access.Keys(lambda: office)
    assert await keys.caller("one") is None
    assert await keys.caller("three") == Caller(name="ana", scope="write")


async def test_a_token_that_was_just_given_out_is_known_almost_at_once(pool: Pool) -> None:
    office = Office(pool, Rules())
    keys = access.Keys(lambda: office)
    assert await keys.caller("one") is None
    await access.give(office, "ana", "write", "one", NOW)
    await asyncio.sleep(access.SOON)
    assert await keys.caller("one") == Caller(name="ana", scope="write")


async def test_the_name_of_the_settings_token_is_nobodys(pool: Pool) -> None:
    with pytest.raises(errors.Refused, match="choose another name"):
        await access.give(Office(pool, Rules()), FROM_SETTINGS, "write", "one", NOW)


async def test_taking_back_what_nobody_has_is_said(pool: Pool) -> None:
    with pytest.raises(errors.NotFound, match="nobody called 'bea'"):
        await access.revoke(Office(pool, Rules()), "bea", NOW)


async def test_a_server_that_could_read_no_tokens_yet_is_open_to_nobody(pool: Pool) -> None:
    office = Office(pool, Rules())
    await pool.close()
    keys = access.Keys(lambda: office)
    for question in (keys.open_to_all(), keys.caller("one"), keys.session_key()):
        with pytest.raises(errors.DatabaseDown):
            await question
    assert not await access.Keys(lambda: office, "fixed").open_to_all()


async def test_taking_the_last_token_back_opens_nothing(pool: Pool) -> None:
    office = Office(pool, Rules())
    assert await access.Keys(lambda: office).open_to_all()
    await access.give(office, "ana", "write", "one", NOW)
    await access.revoke(office, "ana", NOW)
    assert not await access.Keys(lambda: office).open_to_all()


async def test_a_database_that_hangs_holds_everybody_up_once(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = access.Keys(lambda: Office(pool, Rules()), "fixed")
    monkeypatch.setattr(access, "FRESH", 1.0)
    async with transaction(pool) as conn:
        await conn.execute("lock table api_token in access exclusive mode")
        began = time.monotonic()
        found = await asyncio.gather(*(keys.caller("fixed") for _ in range(5)))
        assert time.monotonic() - began < 2.5
    assert {one.scope for one in found if one} == {"write"}

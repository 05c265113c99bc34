"""The key of a message: one for every delivery of it, another for every other message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mail.arrival import delivered_to, key_of

LETTER = (
    b"From: Ana Prado <ana@harbour.example>\r\nTo: sam@beyond.example\r\n"
    b"Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nMessage-ID: <1@harbour.example>\r\n\r\nGladly.\r\n"
)


def test_what_relays_add_does_not_change_the_key() -> None:
    relayed = b"Received: from a by b; Mon, 02 Mar 2026 09:00:01 +0000\r\nX-Spam: no\r\n" + LETTER
    assert key_of(relayed) == key_of(LETTER)
    assert key_of(LETTER.replace(b"\r\n", b"\n")) == key_of(LETTER)


def test_recipients_count_in_any_order_and_case() -> None:
    both = key_of(LETTER, ["reply+a@in.example", "reply+b@in.example"])
    assert key_of(LETTER, ["Reply+B@in.example ", "reply+a@in.example", "reply+a@in.example"]) == both
    assert key_of(LETTER, ["reply+a@in.example"]) != both != key_of(LETTER)


def test_another_message_id_is_another_message() -> None:
    assert key_of(LETTER.replace(b"<1@", b"<2@")) != key_of(LETTER)


def test_a_program_that_repeats_its_message_id_loses_nothing() -> None:
    assert key_of(LETTER.replace(b"02 Mar", b"03 Mar")) != key_of(LETTER)
    assert key_of(LETTER.replace(b"ana@", b"tom@")) != key_of(LETTER)


def test_without_a_message_id_the_bytes_are_the_key() -> None:
    for nothing in (b"Message-ID:\r\n", b"Message-ID: <>\r\n", b""):
        bare = LETTER.replace(b"Message-ID: <1@harbour.example>\r\n", nothing)
        assert key_of(bare) == key_of(bare) != key_of(bare + b".")
        assert key_of(bare, ["a@in.example"]) != key_of(bare)


def test_a_message_id_in_the_body_is_no_header() -> None:
    bare = b"From: a@b.example\r\n\r\nMessage-ID: <1@harbour.example>\r\n"
    assert key_of(bare) != key_of(bare + b"\r\n")


def test_the_servers_own_headers_name_the_envelopes_recipients() -> None:
    noted = b"Delivered-To: Reply+Abc@In.example\r\nX-Original-To: <reply+abc@in.example>\r\n" + LETTER
    assert delivered_to(noted) == ("reply+abc@in.example",)
    assert delivered_to(LETTER) == ()


def test_what_an_envelope_names_can_be_stored_whatever_stands_there() -> None:
    odd = (
        b"Delivered-To: a\0b@in.example, \xff@in.example\r\nX-Original-To: <c\x07 d@in.example>\r\n" + LETTER
    )
    assert delivered_to(odd) == ("ab@in.example", "\ufffd@in.example", "cd@in.example")
    many = b"Delivered-To: " + b", ".join(b"a%d@in.example" % number for number in range(5_000)) + b"\r\n"
    assert len(delivered_to(many + LETTER)) == 200


@given(st.binary(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_any_bytes_have_a_key(raw: bytes, to: list[str]) -> None:
    assert key_of(raw, to) == key_of(raw, to[::-1])
    assert len(key_of(raw, to)) <= 67
    delivered_to(raw)


@given(st.binary(max_size=60), st.sampled_from(["Message-ID", "From", "Date", "Delivered-To"]))
def test_any_header_has_a_key(value: bytes, name: str) -> None:
    raw = name.encode() + b": " + value + b"\r\n" + LETTER
    assert key_of(raw) == key_of(raw)
    assert all(b"\0" not in one.encode() for one in delivered_to(raw))

"""The catcher keeps every message, whole and findable, and never gets in the way."""

from __future__ import annotations

import asyncio
import smtplib
from email.message import EmailMessage
from pathlib import Path

import pytest

from embedded.catcher import Catcher, read


def a_mail(subject: str = "Interns for your Data Analyst role") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "james@beyond.example", "tom@acme.example", subject
    message.set_content("Hi Tom,\n.hidden\n")
    return message


async def send(
    catcher: Catcher, *messages: EmailMessage, to: tuple[str, ...] = ("tom@acme.example",)
) -> None:
    """Sends with the standard library's client, from a thread as another program would."""

    def deliver() -> None:
        with smtplib.SMTP(catcher.host, catcher.port, timeout=10) as client:
            for message in messages:
                client.send_message(message, "james@beyond.example", to)

    await asyncio.to_thread(deliver)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_files_sort_in_order_and_say_what_they_are_about(tmp_path: Path) -> None:
    async with Catcher(tmp_path) as catcher:
        await send(
            catcher, a_mail(), a_mail("Re: Интерны — für Zoë & 王小明!"), a_mail(""), a_mail("x/../" * 40)
        )
        assert catcher.messages == 4
    assert names(tmp_path) == [
        "000001-interns-for-your-data-analyst-role.eml",
        "000002-re-интерны-für-zoë-王小明.eml",
        "000003-no-subject.eml",
        "000004-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x-x.eml",
    ]


async def test_a_kept_message_carries_its_envelope_and_its_own_bytes(tmp_path: Path) -> None:
    async with Catcher(tmp_path) as catcher:
        await send(catcher, a_mail(), to=("tom@acme.example", "li@acme.example"))
    [path] = tmp_path.iterdir()
    message = read(path)
    assert message["X-Catcher-Mail-From"] == "james@beyond.example"
    assert message["X-Catcher-Rcpt-To"] == "tom@acme.example, li@acme.example"
    assert path.read_bytes().endswith(a_mail().as_bytes().replace(b"\n", b"\r\n").partition(b"\r\n")[2])
    assert message.get_content().replace("\r\n", "\n") == "Hi Tom,\n.hidden\n"


async def test_counting_goes_on_after_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        async with Catcher(tmp_path) as catcher:
            await send(catcher, a_mail())
    assert [name[:6] for name in names(tmp_path)] == ["000001", "000002"]


async def test_somebody_is_told_of_each_message(tmp_path: Path) -> None:
    told: asyncio.Queue[tuple[Path, str]] = asyncio.Queue()

    async def tell(path: Path) -> None:
        await told.put((path, str(read(path)["Subject"])))

    async with Catcher(tmp_path, on_message=tell) as catcher:
        await send(catcher, a_mail("One"))
        assert await asyncio.wait_for(told.get(), 5) == (tmp_path / "000001-one.eml", "One")


async def test_whoever_is_told_may_come_later(tmp_path: Path) -> None:
    told: asyncio.Queue[Path] = asyncio.Queue()

    async def tell(path: Path) -> None:
        await told.put(path)

    async with Catcher(tmp_path) as catcher:
        await send(catcher, a_mail("One"))
        catcher.listen_to(tell)
        await send(catcher, a_mail("Two"))
        assert await asyncio.wait_for(told.get(), 5) == tmp_path / "000002-two.eml"


async def test_a_listener_that_fails_harms_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(path: Path) -> None:
        raise RuntimeError("not in the mood")

    async with Catcher(tmp_path, on_message=fail) as catcher:
        await send(catcher, a_mail("One"), a_mail("Two"))
        assert catcher.messages == 2
    assert "000001-one.eml" in caplog.text


async def test_a_message_that_cannot_be_kept_is_refused_for_now(tmp_path: Path) -> None:
    async with Catcher(tmp_path / "mail") as catcher:
        (tmp_path / "mail").rmdir()
        with pytest.raises(smtplib.SMTPDataError) as refused:
            await send(catcher, a_mail())
        assert refused.value.smtp_code == 452
        (tmp_path / "mail").mkdir()
        await send(catcher, a_mail())
        assert catcher.messages == 1


async def test_a_malformed_message_is_kept_as_it_came(tmp_path: Path) -> None:
    raw = b"Subject: =?no-such-charset?q?x?=\r\nFrom: <<>>,,\r\nnot a header\r\n\r\n\xff\xfe body\r\n"

    def deliver(catcher: Catcher) -> None:
        with smtplib.SMTP(catcher.host, catcher.port, timeout=10) as client:
            client.sendmail("a@b.example", ["c@d.example"], raw)

    async with Catcher(tmp_path) as catcher:
        await asyncio.to_thread(deliver, catcher)
    [path] = tmp_path.iterdir()
    assert path.read_bytes().endswith(raw)


async def test_stopping_cuts_everybody_off_and_may_be_repeated(tmp_path: Path) -> None:
    catcher = Catcher(tmp_path)
    await catcher.start()
    reader, writer = await asyncio.open_connection(catcher.host, catcher.port)
    assert (await reader.readline()).startswith(b"220")
    await catcher.stop()
    await catcher.stop()
    assert await reader.read() == b""
    writer.close()
    with pytest.raises(OSError):
        await asyncio.open_connection(catcher.host, catcher.port)


async def test_a_port_may_be_chosen_and_its_address_is_a_mail_url(tmp_path: Path) -> None:
    async with Catcher(tmp_path) as first:
        assert first.url == f"smtp://127.0.0.1:{first.port}"
        with pytest.raises(OSError):
            await Catcher(tmp_path, port=first.port).start()


async def test_a_folder_that_cannot_be_made_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(OSError):
        await Catcher(tmp_path / "mail").start()


async def test_what_is_caught_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir(mode=0o755)
    async with Catcher(folder) as catcher:
        await send(catcher, a_mail())
    [path] = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)

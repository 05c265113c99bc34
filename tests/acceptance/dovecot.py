"""Real mail on this machine: an MTA (Exim) that delivers into mailboxes (Dovecot with Sieve).

Both come from Debian's packages and run in a folder of their own, on free ports of the loopback interface,
as an ordinary user: no configuration of the system is read or touched. Any domain is theirs; they know the
people in `PEOPLE` (with or without `+something`) and bounce mail to all others.
"""

from __future__ import annotations

import asyncio
import grp
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from mail.connections import Server

INSTALL = (
    "apt-get install --no-install-recommends dovecot-imapd dovecot-lmtpd dovecot-sieve exim4-daemon-light"
)
PEOPLE = ("inbox", "ana", "away")
"""`away` has a genuine Sieve vacation."""
INBOX = "inbox@beyond.example"
PASSWORD = "secret"
AWAY = "I am on leave and back in the office on 9 March 2027."

_SEARCHED = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"

DOVECOT = """
base_dir = {folder}/base
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:~/mail
first_valid_uid = 1
first_valid_gid = 1
recipient_delimiter = +
hostname = mail.beyond.example
postmaster_address = postmaster@beyond.example
submission_host = 127.0.0.1:{smtp}
passdb {{
  driver = passwd-file
  args = username_format=%n {folder}/people
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/homes/%n
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  chroot =
  unix_listener lmtp {{
    mode = 0600
  }}
}}
protocol lmtp {{
  mail_plugins = sieve
}}
"""

EXIM = """
primary_hostname = mail.partner.example
exim_user = {user}
exim_group = {group}
deliver_drop_privilege
never_users =
keep_environment =
spool_directory = {folder}/spool
log_file_path = {folder}/exim.%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {smtp}
tls_advertise_hosts =
acl_smtp_rcpt = take

begin acl
take:
  accept

begin routers
people:
  driver = manualroute
  local_parts = {people}
  local_part_suffix = +*
  local_part_suffix_optional
  route_list = * 127.0.0.1
  self = send
  transport = mailboxes

begin transports
mailboxes:
  driver = lmtp
  socket = {folder}/base/lmtp
  rcpt_include_affixes

begin retry
* * F,1h,1s
"""

VACATION = f"""
require ["vacation"];
vacation :days 1 :subject "Out of office" "{AWAY}";
"""


def needed() -> None:
    """Skips where the packages are missing; fails where OUTREACH_TEST_REAL_MAIL=1 demands them (CI does)."""
    missing = [name for name in ("dovecot", "doveadm", "exim4", "openssl") if _program(name) is None]
    if missing and os.environ.get("OUTREACH_TEST_REAL_MAIL") == "1":
        pytest.fail(f"OUTREACH_TEST_REAL_MAIL=1 and no {', '.join(missing)}: {INSTALL}")
    if missing:
        pytest.skip(f"no {', '.join(missing)}: {INSTALL}")


def _program(name: str) -> str | None:
    return shutil.which(name, path=_SEARCHED)


class RealMail:
    """The two servers; `dovecot` and `exim` can be ended and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.smtp, self.imap, self.imaps = _free_ports(3)
        name = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self._user = pwd.getpwnam(name)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def mailbox(self, *, tls: bool = True, password: str = PASSWORD) -> Server:
        """Where INBOX's mail is read."""
        port = self.imaps if tls else self.imap
        return Server("127.0.0.1", port, implicit_tls=tls, username=INBOX, password=password)

    def prepare(self) -> None:
        """Writes the configuration, a certificate and homes; all of it belongs to the servers' user."""
        group = grp.getgrgid(self._user.pw_gid).gr_name
        values: Mapping[str, object] = {
            **{
                "folder": self.folder,
                "user": self._user.pw_name,
                "group": group,
                "people": " : ".join(PEOPLE),
            },
            **{"uid": self._user.pw_uid, "gid": self._user.pw_gid},
            **{"smtp": self.smtp, "imap": self.imap, "imaps": self.imaps},
        }
        for name in ("base", "state", "spool", "homes/away"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "homes/away/.dovecot.sieve").write_text(VACATION)
        (self.folder / "people").write_text("".join(f"{one}:{{PLAIN}}{PASSWORD}\n" for one in PEOPLE))
        (self.folder / "dovecot.conf").write_text(DOVECOT.format(**values))
        (self.folder / "exim.conf").write_text(EXIM.format(**values))
        self._run(
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-keyout", str(self.folder / "key.pem"), "-out", str(self.folder / "certificate.pem")),
        )
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._user.pw_uid, self._user.pw_gid)

    async def start(self, name: str) -> None:
        """Starts `dovecot` or `exim` and returns when it answers."""
        command = {
            "dovecot": ["dovecot", "-F", "-c", f"{self.folder}/dovecot.conf"],
            "exim": ["exim4", "-C", f"{self.folder}/exim.conf", "-bdf", "-q1s"],
        }[name]
        program = _program(command[0])
        assert program is not None
        with (self.folder / f"{name}.out").open("ab") as out:
            self._running[name] = await asyncio.to_thread(
                subprocess.Popen,
                [program, *command[1:]],
                **self._as_user(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        await self._answers(name, self.imap if name == "dovecot" else self.smtp)

    async def end(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Ends a server with all its processes."""
        process = self._running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        await asyncio.to_thread(process.wait, 10)

    async def close(self) -> None:
        """Ends what still runs."""
        for name in list(self._running):
            await self.end(name)

    def renumber(self, validity: int) -> None:
        """Gives INBOX another UIDVALIDITY, as a restored or moved mailbox has."""
        config = f"{self.folder}/dovecot.conf"
        arguments = ["-u", INBOX, "--uid-validity", str(validity), "INBOX"]
        self._run("doveadm", "-c", config, "mailbox", "update", *arguments, **self._as_user())

    def seen(self) -> list[str]:
        """The names of INBOX's messages that anybody has marked or that left `new`, which must stay empty."""
        home = self.folder / "homes/inbox/mail"
        return [path.name for path in (home / "cur").iterdir() if not path.name.endswith(":2,")]

    def _as_user(self) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}

    def _run(self, name: str, *arguments: str, **options: Any) -> None:
        program = _program(name)
        assert program is not None
        done = subprocess.run(
            [program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=30, **options
        )
        assert done.returncode == 0, done.stderr

    async def _answers(self, name: str, port: int) -> None:
        async with asyncio.timeout(20):
            while True:
                if self._running[name].poll() is not None:
                    raise RuntimeError(f"{name} ended: {(self.folder / f'{name}.out').read_text()}")
                with suppress(OSError, asyncio.IncompleteReadError):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                    greeting = await reader.readline()
                    writer.close()
                    if greeting:
                        return
                await asyncio.sleep(0.02)


def _free_ports(number: int) -> list[int]:
    """Ports that are free now; all are held until all are known."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@asynccontextmanager
async def real_mail() -> AsyncIterator[RealMail]:
    """Runs both servers in a folder that another user may enter, and ends and removes all of it."""
    with tempfile.TemporaryDirectory(prefix="outreach-mail-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        mail = RealMail(Path(name))
        mail.prepare()
        try:
            await mail.start("dovecot")
            await mail.start("exim")
            yield mail
        finally:
            await mail.close()

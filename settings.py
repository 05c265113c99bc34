"""The only reader of the environment (SPEC section 6): every setting, its default and its check.

A wrong value raises `errors.BadSetting` that names the setting, the value (secrets masked) and what
was expected. Temporal's own variables and profile file are read by `temporalio.envconfig`.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from temporalio.envconfig import ClientConfigProfile

import dotfile
import readings
from domain import errors, letters, window
from domain.listen import Listen
from domain.mail_url import MailUrl
from domain.mailbox import Account
from domain.rules import Approval, Rules
from domain.window import Window
from readings import Link, Rate, Span, Word, Zone

ENV_FILE = ".env"
_PREFIX = "OUTREACH_"


class Settings(BaseSettings):
    """Every setting by its name in SPEC section 6, read from the environment and `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=dotfile.ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        arbitrary_types_allowed=True,
    )

    database_url: SecretStr | None = Field(None, validation_alias="DATABASE_URL")
    home: Path = Path(".outreach")

    mail_url: SecretStr | None = None
    redirect_all_to: str | None = None
    mail_rate: Rate | None = None
    """E-mails a second, over all workers; None: as fast as they go."""
    on_uncertain_send: Literal["resend", "hold"] | None = None
    """None: whichever suits the way that e-mail leaves by (R10); `rules` says which that is."""

    mailbox_url: SecretStr | None = None
    inbound_domain: Annotated[str, AfterValidator(readings.mail_domain)] | None = None
    """The domain of the signed Reply-To addresses; None: letters carry none."""
    bounces_to: Literal["sender", "inbound"] = "sender"
    """Whose address is the envelope's: the specialist's, or the thread's own in the inbound domain."""

    listen: Annotated[Listen, NoDecode, BeforeValidator(readings.listening)] = Listen()
    base_url: Annotated[str, AfterValidator(readings.web_address)] | None = None
    """Where people and mail services reach the web server from outside."""
    temporal_ui: Annotated[str, AfterValidator(readings.web_address)] | None = None
    """Where people reach Temporal's Web UI, for links in notices; the embedded one names itself."""
    api_token: Word | None = None

    hook_sendgrid_key: SecretStr | None = None
    hook_sendgrid_parse_key: SecretStr | None = None
    hook_sendgrid_parse_auth: SecretStr | None = None
    hook_mailgun_key: SecretStr | None = None
    hook_postmark_auth: SecretStr | None = None
    hook_ses_topics: str | None = None
    hook_resend_secret: SecretStr | None = None
    hook_resend_api_key: Word | None = None
    """Fetches messages that Resend only names; None: the key of OUTREACH_MAIL_URL, where that is Resend."""

    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: Link | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_model: str = Field("gpt-3.5-turbo", validation_alias="OPENAI_MODEL")

    follow_up_interval: Span = timedelta(hours=48)
    sending_window: Annotated[Window, NoDecode, BeforeValidator(readings.opening_hours)] | None = None
    holidays: Annotated[str, AfterValidator(window.country)] | None = None
    weekly_limit: int = Field(1, ge=0, le=readings.MOST)
    time_zone: Zone = ZoneInfo("UTC")
    min_match_score: float = Field(0.0, allow_inf_nan=False)
    max_live_pitches: int = Field(3, ge=1, le=readings.MOST)
    max_wait_days: int = Field(14, ge=1, le=readings.MOST_DAYS)
    role_rest_days: int = Field(0, ge=0, le=readings.MOST_DAYS)
    reply_expiry_days: int = Field(21, ge=0, le=readings.MOST_DAYS)
    max_generations: int | None = Field(None, ge=1, le=readings.MOST)
    approval: Approval = "off"
    """Whose letters wait for a person's word before they go out."""

    brand_name: str = "Beyond Academy"
    brand_website: Link = "https://beyondacademy.com"
    brand_postal_address: str = ""

    task_queue: str = "outreach"

    @field_validator("mail_url")
    @classmethod
    def _mail_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            MailUrl.parse(value.get_secret_value())
        return value

    @field_validator("mailbox_url")
    @classmethod
    def _mailbox_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            Account.parse(value.get_secret_value())
        return value

    @field_validator("redirect_all_to")
    @classmethod
    def _redirect(cls, value: str | None) -> str | None:
        return value if value is None else readings.address(value)

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgres://", "postgresql://")):
            raise ValueError("expected postgresql://user:password@host:5432/database")
        return value

    @property
    def token(self) -> str | None:
        """The token of `OUTREACH_API_TOKEN`, or None when it is unset."""
        return _plain(self.api_token) or None

    @property
    def mail_server(self) -> MailUrl | None:
        """The mail server or service of `OUTREACH_MAIL_URL`, or None when it is unset."""
        return None if self.mail_url is None else MailUrl.parse(self.mail_url.get_secret_value())

    @property
    def mailbox(self) -> Account | None:
        """The mailbox of `OUTREACH_MAILBOX_URL`, or None when it is unset."""
        return None if self.mailbox_url is None else Account.parse(self.mailbox_url.get_secret_value())

    @property
    def hook_secrets(self) -> dict[str, str]:
        """What `mail.hooks.HookSecrets` holds, by its names; empty text for what is not set."""
        return {name: _plain(getattr(self, f"hook_{name}")) for name in HOOKS}

    @property
    def resend_key(self) -> str:
        """The key that fetches messages from Resend; empty when there is none."""
        server = self.mail_server
        sending = server.key if server is not None and server.scheme == "resend" else None
        return _plain(self.hook_resend_api_key) or sending or ""

    @property
    def rules(self) -> Rules:
        """The settings that rules depend on, as the steps are given them."""
        return Rules(
            follow_up_interval=self.follow_up_interval,
            weekly_limit=self.weekly_limit,
            zone=self.time_zone,
            min_match_score=self.min_match_score,
            max_live_pitches=self.max_live_pitches,
            max_wait_days=self.max_wait_days,
            role_rest_days=self.role_rest_days,
            reply_expiry_days=self.reply_expiry_days,
            max_generations=self.max_generations,
            on_uncertain_send=self.on_uncertain_send or self._suits_the_server,
            window=self._window,
            approval=self.approval,
        )

    @property
    def told(self) -> dict[str, str]:
        """What workers and whoever launches have to agree on, by name; empty text for what is not set.

        Without what an uncertain e-mail's end leads to: that is for workers alone, by their own mail server.
        """
        values = {f"{_PREFIX}{name.upper()}": getattr(self, name) for name in _SHARED}
        return {name: worded(value) for name, value in values.items()}

    @property
    def _window(self) -> Window | None:
        """The sending window with the holidays in it; `errors.BadSetting` if it never opens (R6)."""
        if self.sending_window is None:
            return None
        try:
            return Window.parse(str(self.sending_window), self.holidays)
        except ValueError as wrong:
            raise errors.BadSetting(f"OUTREACH_SENDING_WINDOW, OUTREACH_HOLIDAYS: {wrong}") from None

    @property
    def way_back(self) -> letters.WayBack:
        """How answers come back: what letters carry for them."""
        return letters.WayBack(
            inbound_domain=self.inbound_domain or "",
            base_url=self.base_url or "",
            bounces=self.bounces_to == "inbound",
        )

    @property
    def _suits_the_server(self) -> Literal["resend", "hold"]:
        server = self.mail_server
        return "resend" if server is None or server.resends_safely else "hold"

    @property
    def brand(self) -> letters.Brand:
        """The organisation's name, link and address, for the foot of every letter (R14)."""
        return letters.Brand(
            name=self.brand_name, website=self.brand_website, postal_address=self.brand_postal_address
        )


def load(**overrides: Any) -> Settings:
    """Reads the settings once; a wrong one raises `errors.BadSetting` in words a person can act on."""
    dotfile.refuse_unknown(
        {*os.environ, *dotfile.read(Path(ENV_FILE))},
        _PREFIX,
        [*map(name_of, Settings.model_fields)],
        but=_TESTS,
    )
    try:
        return Settings(**overrides)
    except ValidationError as wrong:
        raise errors.BadSetting("\n".join(_complaint(item) for item in wrong.errors())) from None


def temporal_profile() -> ClientConfigProfile:
    """Temporal's own variables and profile file, through the SDK (`TEMPORAL_ADDRESS`, …).

    As with every setting, the environment counts more than `.env`, and what is empty does not count.
    """
    every = dotfile.read(Path(ENV_FILE)) | {name: value for name, value in os.environ.items() if value}
    own = {name: value for name, value in every.items() if value and name.startswith("TEMPORAL_")}
    try:
        return ClientConfigProfile.load(override_env_vars=own)
    except (RuntimeError, ValueError) as wrong:
        raise errors.BadSetting(f"Temporal's settings (TEMPORAL_*, temporal.toml): {wrong}") from None


HOOKS = (
    *("sendgrid_key", "sendgrid_parse_key", "sendgrid_parse_auth", "mailgun_key", "postmark_auth"),
    *("ses_topics", "resend_secret"),
)
"""What hooks are authenticated with; each is a setting, `OUTREACH_HOOK_` and its name in capitals."""

_SHARED = (
    *("redirect_all_to", "follow_up_interval", "sending_window", "holidays", "weekly_limit", "time_zone"),
    *("min_match_score", "max_live_pitches", "max_wait_days", "role_rest_days", "reply_expiry_days"),
    *("max_generations", "approval"),
)

_TESTS = "TEST_"
"""What only the tests read begins with it, after the prefix."""

SECRETS = {
    *("DATABASE_URL", "OUTREACH_MAIL_URL", "OUTREACH_MAILBOX_URL", "OPENAI_API_KEY", "OUTREACH_API_TOKEN"),
    *(f"OUTREACH_HOOK_{name.upper()}" for name in (*HOOKS, "resend_api_key")),
}


def name_of(field: str) -> str:
    """Names a setting as it stands in the environment."""
    return str(Settings.model_fields[field].validation_alias or f"{_PREFIX}{field.upper()}")


def worded(value: Any) -> str:
    """A setting's value as text, as it may be set again."""
    if isinstance(value, timedelta):
        return readings.spelt(value)
    return "" if value is None else str(value)


def _plain(value: SecretStr | str | None) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else value or ""


def _complaint(item: Any) -> str:
    """One wrong setting: its name, its value (masked if it is a secret) and what was expected."""
    field = str(item["loc"][0]) if item["loc"] else "settings"
    name = field if field in SECRETS or field.startswith("OPENAI_") else f"OUTREACH_{field.upper()}"
    value = "********" if name in SECRETS else repr(item.get("input"))
    expected = str(item["msg"]).removeprefix("Value error, ")
    return f"{name}={value}: {expected}"

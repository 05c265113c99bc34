"""The only reader of the environment (SPEC section 6): every setting, its default and its check.

A wrong value raises `errors.BadSetting` that names the setting, the value (secrets masked) and what
was expected. Temporal's own variables and profile file are read by `temporalio.envconfig`.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from temporalio.envconfig import ClientConfigProfile

from domain import calendar, errors, letters
from domain.mail_url import MailUrl
from domain.rules import Rules

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_MOST_DAYS = 3650
"""Ten years: a date so far from today is one that Python and PostgreSQL still hold."""
_MOST = 10_000
"""Beyond any use, and summed over 200,000 companies still an integer of PostgreSQL."""
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_RATE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)\s*/\s*([smhd])")


def duration(value: Any) -> Any:
    """Reads `48h`, `90m`, `5s` or `2d` as a time span; anything else is refused."""
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(str(value).strip().lower())
    seconds = float(found[1]) * _UNITS[found[2]] if found else 0.0
    if seconds > timedelta(days=_MOST_DAYS).total_seconds() or not timedelta(seconds=seconds):
        raise ValueError(f"expected a time span above zero such as 48h, 90m or 5s, {_MOST_DAYS}d at most")
    return timedelta(seconds=seconds)


def time_zone(value: Any) -> Any:
    """Reads an IANA time zone name such as Europe/London."""
    if isinstance(value, ZoneInfo):
        return value
    try:
        return calendar.named_zone(str(value).strip())
    except ValueError as missing:
        raise ValueError("expected an IANA time zone such as UTC or Europe/London") from missing


def address(text: str) -> str:
    """Reads one e-mail address by its syntax, reserved domains included; ASCII stays as it is spelt."""
    import email_validator

    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()
    text = text.strip()
    dotted = "." in text.rpartition("@")[2]
    try:
        found = email_validator.validate_email(
            text, check_deliverability=False, globally_deliverable=dotted, strict=True
        )
    except email_validator.EmailNotValidError as wrong:
        raise ValueError("expected one e-mail address") from wrong
    return text if text.isascii() else found.normalized


def rate(value: Any) -> Any:
    """Reads `10/s`, `600/m` or `100/h` as a number a second; anything else is refused."""
    if isinstance(value, float):
        return value
    found = _RATE.fullmatch(str(value).strip().lower())
    count = float(found[1]) if found else 0.0
    if found is None or not 0 < count <= _MOST:
        raise ValueError(f"expected e-mails per second, minute, hour or day, such as 10/s; {_MOST} at most")
    return count / _UNITS[found[2]]


Span = Annotated[timedelta, BeforeValidator(duration)]
Zone = Annotated[ZoneInfo, BeforeValidator(time_zone)]
Rate = Annotated[float, BeforeValidator(rate)]


class Settings(BaseSettings):
    """Every setting by its name in SPEC section 6, read from the environment and `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="OUTREACH_",
        env_file=".env",
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

    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    openai_model: str = Field("gpt-3.5-turbo", validation_alias="OPENAI_MODEL")

    follow_up_interval: Span = timedelta(hours=48)
    weekly_limit: int = Field(1, ge=0, le=_MOST)
    time_zone: Zone = ZoneInfo("UTC")
    min_match_score: float = Field(0.0, allow_inf_nan=False)
    max_live_pitches: int = Field(3, ge=1, le=_MOST)
    max_wait_days: int = Field(14, ge=1, le=_MOST_DAYS)
    role_rest_days: int = Field(0, ge=0, le=_MOST_DAYS)
    reply_expiry_days: int = Field(21, ge=0, le=_MOST_DAYS)
    max_generations: int | None = Field(None, ge=1, le=_MOST)

    brand_name: str = "Beyond Academy"
    brand_website: str = "https://beyondacademy.com"
    brand_postal_address: str = ""

    task_queue: str = "outreach"

    @field_validator("mail_url")
    @classmethod
    def _mail_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            MailUrl.parse(value.get_secret_value())
        return value

    @field_validator("redirect_all_to")
    @classmethod
    def _redirect(cls, value: str | None) -> str | None:
        return value if value is None else address(value)

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(("postgres://", "postgresql://")):
            raise ValueError("expected postgresql://user:password@host:5432/database")
        return value

    @property
    def mail_server(self) -> MailUrl | None:
        """The mail server or service of `OUTREACH_MAIL_URL`, or None when it is unset."""
        return None if self.mail_url is None else MailUrl.parse(self.mail_url.get_secret_value())

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
    try:
        return Settings(**overrides)
    except ValidationError as wrong:
        raise errors.BadSetting("\n".join(_complaint(item) for item in wrong.errors())) from None


def temporal_profile() -> ClientConfigProfile:
    """Temporal's own variables and profile file, through the SDK (`TEMPORAL_ADDRESS`, …)."""
    try:
        return ClientConfigProfile.load()
    except (RuntimeError, ValueError) as wrong:
        raise errors.BadSetting(f"Temporal's settings (TEMPORAL_*, temporal.toml): {wrong}") from None


_SECRETS = {"DATABASE_URL", "OUTREACH_MAIL_URL", "OPENAI_API_KEY", "OUTREACH_API_TOKEN"}


def _complaint(item: Any) -> str:
    """One wrong setting: its name, its value (masked if it is a secret) and what was expected."""
    field = str(item["loc"][0]) if item["loc"] else "settings"
    name = field if field in _SECRETS or field.startswith("OPENAI_") else f"OUTREACH_{field.upper()}"
    value = "********" if name in _SECRETS else repr(item.get("input"))
    expected = str(item["msg"]).removeprefix("Value error, ")
    return f"{name}={value}: {expected}"

"""One tree of errors; each class says whether trying again helps.

OutreachError
├── UserError            a person can mend it; trying again unchanged does not help
│   ├── BadSetting       a setting has a wrong value
│   ├── BadRecords       rows of an import that cannot be loaded
│   ├── NotFound         no such cycle, e-mail, role, candidate, company
│   ├── Refused          the thing asked for is against a rule, and says which
│   │   └── Decided      somebody or something was faster, and says who and when
│   └── NotMigrated      the schema is missing or older than this code
├── Unavailable          a service does not answer; trying again helps
│   ├── DatabaseDown
│   ├── TemporalDown
│   └── MailServerDown
├── Conflict             a named constraint of the database spoke; the rule held, plan anew
│   ├── AlreadyPitched   R9: this pair was pitched before
│   └── RoleHasOpenCycle one open cycle per role
└── BadTemplate          a letter cannot be rendered; trying again helps once it is mended
"""

from __future__ import annotations


class OutreachError(Exception):
    """The root: everything that this application raises on purpose."""


class UserError(OutreachError):
    """A person can mend it; trying again unchanged does not help."""


class BadSetting(UserError):
    """A setting has a wrong value; names the setting, the value and what was expected."""


class BadRecords(UserError):
    """Rows of an import cannot be loaded; nothing was changed."""


class NotFound(UserError):
    """No such record."""


class Refused(UserError):
    """The thing asked for is against a rule; the text says which and what to do."""


class Decided(Refused):
    """A draft waits no more: another person decided, or the cycle went on; the text says which and when."""


class NotMigrated(UserError):
    """The schema is missing or older than this code: `starter.py migrate` mends it."""


class Unavailable(OutreachError):
    """A service does not answer; trying again helps. Names the address and the setting."""


class DatabaseDown(Unavailable):
    """PostgreSQL does not answer."""


class TemporalDown(Unavailable):
    """Temporal does not answer."""


class MailServerDown(Unavailable):
    """The mail server does not answer, or refuses our login or sender: an outage (R11)."""


class Conflict(OutreachError):
    """A named constraint of the database spoke."""


class AlreadyPitched(Conflict):
    """R9: this candidate was pitched for this role before."""


class RoleHasOpenCycle(Conflict):
    """A role has one open cycle at most."""


class SlotGone(Conflict):
    """R5: another took the week's slot since the plan was made."""


class BadTemplate(OutreachError):
    """A letter cannot be rendered (R14); the e-mail waits until the template is mended."""

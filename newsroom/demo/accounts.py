"""The demo's log-ins: generated once, kept readable by their owner only, printed at each start."""

import json
import secrets

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.people.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def passwords(usernames) -> dict[str, str]:
    """Return the password of each account, making them on the first run."""
    file = settings.DATA_DIR / "demo-accounts.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    missing = [name for name in usernames if name not in known]
    if missing:
        known |= {name: _pronounceable() for name in missing}
        file.touch(mode=0o600)
        file.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return known


def _pronounceable() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _i in range(4)) for _j in range(3))


def sheet(port: int, known: dict[str, str]) -> str:
    """Return what a newcomer reads when the server runs: addresses, log-ins, what to try."""
    address = f"http://127.0.0.1:{port}/"
    # A passkey needs a name to belong to; a number is none.
    named = f"http://localhost:{port}/{settings.ADMIN_PATH}/"
    # xgettext finds no text inside an f-string.
    site, desk, log_ins = _("Site"), _("Desk"), _("Log-ins (name, password, who it is)")
    to_try, mailbox = _("What to try"), _("Mailbox")
    people = User.objects.filter(username__in=known).order_by("pk")
    rows = [
        f"    {user.username:<14} {known[user.username]:<16} {user.name} {user.role_names}"
        for user in people
    ]
    return "\n".join(
        [
            "",
            _("The newspaper is running."),
            f"  {site}:  {address}",
            f"  {desk}:  {named}",
            f"  {mailbox}:  {named}mailbox/",
            "",
            f"  {log_ins}:",
            *rows,
            "",
            f"  {to_try}:",
            "  1. " + _("Read today's paper; wait two minutes, reload: its second issue is out."),
            "  2. " + _("Log in as correspondent: write a piece and submit it."),
            "  3. " + _("Sign it as editor, deskhead and chief, in this order."),
            "  4. " + _("As issues, put it into tomorrow's issue, close the issue, schedule it."),
            "",
            _("Ctrl+C stops the server; “make demo” starts it again with everything kept."),
            "",
        ]
    )

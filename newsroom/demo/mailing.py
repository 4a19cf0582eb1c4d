"""Readers who have subscribed, and today's letter to them, which lands in the demo's mailbox."""

from newsroom.people.models import SiteSettings
from newsroom.readers import tickets
from newsroom.readers.models import Subscriber
from newsroom.readers.workflow import mailing, subscribing

READERS = ("shu.lan", "he.anran", "ji.songnian", "wei.xiaoman", "yu.qinghe", "cen.bai")


def write_to_readers() -> None:
    """Let some readers subscribe, this once, and write to them of the issues that are live."""
    if not Subscriber.objects.exists() and not SiteSettings.current().newsletter:
        SiteSettings.objects.update(newsletter=True)
        for name in READERS:
            subscribing.confirm(tickets.issue(f"{name}@example.cn"))
        subscribing.leave(Subscriber.objects.order_by("-pk").first().key)
    mailing.send_due()

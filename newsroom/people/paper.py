"""What the newspaper says of itself and how it works: one row of settings."""

from datetime import time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.people.guards import keeps_history, never_deleted
from newsroom.people.working_time import Hours


class LateChange(models.TextChoices):
    """What becomes of an hour that is set when a piece of it is taken up again."""

    HOLD = "hold", _("Everything that goes out with it is held until it is signed again")
    DROP = "drop", _("The issue goes out without it")
    GO = "go", _("The signed version goes out")


@keeps_history()
class SiteSettings(models.Model):
    """What the newspaper says of itself. One row; every item is hidden where it is empty."""

    paper_name = models.CharField(_("name of the paper"), max_length=40, default="棠溪时讯")
    place_name = models.CharField(_("district"), max_length=40, default="棠溪区")
    slogan = models.CharField(_("line beside the nameplate"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=160, blank=True)
    organiser = models.CharField(_("主办单位 organiser"), max_length=80, blank=True)
    publisher = models.CharField(_("承办单位 publisher"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    hotline = models.CharField(_("hotline"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail for contributions"), blank=True)
    site_domain = models.CharField(_("SiteDomain"), max_length=80, blank=True)
    site_id_code = models.CharField(_("网站标识码 site code"), max_length=20, blank=True)
    icp_number = models.CharField(_("ICP备案号"), max_length=40, blank=True)
    police_number = models.CharField(_("公安备案号"), max_length=40, blank=True)
    substantial_mend = models.PositiveIntegerField(
        _("substantial mend, in characters"),
        default=30,
        help_text=_(
            "When a reviewer changes more characters than this, earlier rounds sign again. "
            "0: after every change."
        ),
    )
    review_hours = models.PositiveSmallIntegerField(
        _("time for a round, in working hours"),
        default=4,
        help_text=_(
            "A piece that waits longer in a round is overdue. A section may say otherwise."
        ),
    )
    work_begins = models.TimeField(_("work begins at"), default=time(9))
    work_ends = models.TimeField(_("work ends at"), default=time(18))
    minor_change = models.PositiveIntegerField(
        _("minor change, in characters"),
        default=10,
        help_text=_(
            "Typing errors in the text of a piece that is out need one signature, up to this many "
            "characters since it last went through its rounds. 0: every change goes through them."
        ),
    )
    on_late_change = models.CharField(
        _("when a piece changes after its issue was scheduled"),
        max_length=4,
        choices=LateChange,
        default=LateChange.HOLD,
        help_text=_(
            "A piece that goes out alone is held where an issue would go without it, and whatever "
            "this says where somebody has taken their signature back."
        ),
    )
    tries_outside_links = models.BooleanField(
        _("try links to other sites"),
        default=True,
        help_text=_(
            "The worker asks now and then whether the pages that texts of coming issues link to "
            "still answer; the dry run says which do not. Other sites see that somebody asked."
        ),
    )
    second_factor_grace_days = models.PositiveSmallIntegerField(
        _("days until the second factor is demanded"),
        default=14,
        help_text=_(
            "Everybody above correspondent needs one. Counted from when they were given such a "
            "role; 0: at once."
        ),
    )
    invitation_days = models.PositiveSmallIntegerField(
        _("days for which an invitation is good"),
        default=7,
        validators=[MinValueValidator(1)],
    )
    address_days = models.PositiveSmallIntegerField(
        _("days for which addresses of log-ins are kept"),
        default=184,
        help_text=_("The Cybersecurity Law asks for six months (第二十一条)."),
    )
    photo_characters = models.PositiveSmallIntegerField(
        _("characters a photo takes"),
        default=400,
        validators=[MaxValueValidator(5000)],
        help_text=_("The board counts a photo of a piece as so many characters of its page."),
    )
    first_issue_number = models.PositiveIntegerField(
        _("number of the first issue closed here"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("For a paper that has come out before: the running number to go on with."),
    )
    issues_ahead_days = models.PositiveSmallIntegerField(
        _("days for which issues are planned ahead"),
        default=14,
        help_text=_("By the publication calendar, every day. 0: only today's."),
    )
    newsletter = models.BooleanField(
        _("newsletter for new issues"),
        default=False,
        help_text=_("Needs a mail server. Off: its pages are not there, and nothing is sent."),
    )
    newsletter_sender = models.CharField(
        _("sender of letters to readers"),
        max_length=60,
        blank=True,
        help_text=_("Empty: the name of the paper."),
    )
    newsletter_per_minute = models.PositiveSmallIntegerField(
        _("letters a minute"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
        help_text=_("What your mail server allows, and no more."),
    )
    offline_reading = models.BooleanField(
        _("reading without a network"),
        default=True,
        help_text=_("Readers may keep the latest issue on their device. Off: it is deleted there."),
    )
    party_mark_id = models.CharField(_("党政机关标识 id"), max_length=60, blank=True)

    class Meta:
        app_label = "people"
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(name="site_settings_are_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="a_round_is_given_1_to_200_hours",
                condition=Q(review_hours__range=(1, 200)),
                violation_error_message=_("A round is given 1 to 200 working hours."),
            ),
            models.CheckConstraint(
                name="issues_are_planned_90_days_ahead_at_most",
                condition=Q(issues_ahead_days__lte=90),
                violation_error_message=_("Issues are planned 90 days ahead at most."),
            ),
            # An hour added to 23:30 is 00:30 to the database, hence the last condition.
            models.CheckConstraint(
                name="a_working_day_has_an_hour_or_more",
                condition=Q(
                    work_ends__gte=F("work_begins") + timedelta(hours=1), work_begins__lt=time(23)
                ),
                violation_error_message=_("Work ends an hour or more after it begins."),
            ),
            models.CheckConstraint(
                name="newsletter_goes_at_1_to_6000_letters_a_minute",
                condition=Q(newsletter_per_minute__range=(1, 6000)),
                violation_error_message=_("From 1 to 6,000 letters a minute."),
            ),
            models.CheckConstraint(
                name="a_photo_takes_5000_characters_at_most",
                condition=Q(photo_characters__lte=5000),
                violation_error_message=_("A photo takes 5,000 characters at most."),
            ),
        ]
        triggers = never_deleted("A row of site settings")

    def __str__(self):
        return self.paper_name

    @classmethod
    def current(cls) -> "SiteSettings":
        """Return the one row, or its defaults where nobody has saved any."""
        return cls.objects.first() or cls(pk=1)

    @property
    def hours(self) -> Hours:
        """When the newsroom works on a working day."""
        return Hours(self.work_begins, self.work_ends)

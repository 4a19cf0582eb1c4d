import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0001_initial"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__lte", 99)),
                name="a_day_has_as_many_issues_as_addresses",
                violation_error_message="A day has 99 issues at most.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date__range", (datetime.date(1900, 1, 1), datetime.date(2999, 12, 31)))
                ),
                name="issue_stands_in_the_calendar",
                violation_error_message="Look at the year once more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("planned_time", None),
                    (
                        "planned_time__range",
                        (
                            datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                            datetime.datetime(2999, 12, 31, 0, 0, tzinfo=datetime.UTC),
                        ),
                    ),
                    _connector="OR",
                ),
                name="issue_is_planned_for_a_time_in_the_calendar",
                violation_error_message="Look at the year once more.",
            ),
        ),
    ]

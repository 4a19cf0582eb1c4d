"""The shape of what is typed about issues."""

from issues.forms import BackdateForm, LeaveOutForm, ScheduleForm


def test_an_hour_needs_a_day():
    assert ScheduleForm({"at_0": "", "at_1": ""}).is_valid()
    assert not ScheduleForm({"at_0": "", "at_1": "06:00"}).is_valid()


def test_an_hour_that_has_passed_is_named():
    assert BackdateForm({"at_0": "2019-03-01", "at_1": "06:00", "because": "纸报"}).is_valid()
    assert not BackdateForm({"at_0": "", "at_1": "", "because": "纸报"}).is_valid()


def test_what_is_left_out_is_a_piece():
    assert LeaveOutForm({"article": "7", "because": "待核"}).is_valid()
    assert not LeaveOutForm({"article": "x", "because": "待核"}).is_valid()

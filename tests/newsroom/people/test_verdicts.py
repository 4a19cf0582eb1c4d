"""A permission answers yes, or no with the reason."""

import pytest

from newsroom.people.verdicts import YES, RefusalError, Verdict, demand, first_objection


def test_a_verdict_is_true_when_there_is_no_reason_against():
    assert YES
    assert not Verdict("Somebody else has it.")


def test_what_is_demanded_in_vain_is_refused_in_the_verdicts_words():
    demand(YES)
    with pytest.raises(RefusalError, match=r"^Somebody else has it\.$"):
        demand(Verdict("Somebody else has it."))


def test_the_first_objection_that_holds_is_the_one_told():
    assert first_objection((False, "one"), (True, "two"), (True, "three")) == Verdict("two")
    assert first_objection((False, "one")) is YES

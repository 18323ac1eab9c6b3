"""The county's own words on their way to a phone."""

import json

import pytest

from backend.api.schemas.changes import ChangesSchema
from backend.domain.dictionary import drop_word, set_word
from backend.models import db
from tests import phone
from tests.cast import COUNTY
from tests.factories import assigned_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def given(cast):
    return {"county_code": COUNTY, "actor": cast.tie_jianhua}


def test_words_come_once_and_again_when_one_changed(signed_in, cast, given):
    assigned_case(cast)
    mi = signed_in(cast.mi_jianjun)
    assert "words" not in phone.ask(mi, words="")
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.commit()
    assert "words" not in phone.ask(mi)
    first = phone.ask(mi, words="")
    assert ChangesSchema().validate(first) == {}
    assert first["words"]["books"] == {"Risk": {"illness": "看病花钱"}}
    tag = first["words"]["tag"]
    assert "words" not in phone.ask(mi, words=tag)
    set_word("Need", "job", "找活干", **given)
    db.session.commit()
    second = phone.ask(mi, words=tag)["words"]
    assert second["books"] == {"Need": {"job": "找活干"}, "Risk": {"illness": "看病花钱"}}
    assert second["tag"] != tag


def test_the_last_word_put_back_is_told_too(signed_in, cast, given):
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.commit()
    mi = signed_in(cast.mi_jianjun)
    tag = phone.ask(mi, words="")["words"]["tag"]
    drop_word("Risk", "illness", **given)
    db.session.commit()
    assert phone.ask(mi, words=tag)["words"] == {"tag": "", "books": {}}


def test_an_unchanged_pull_weighs_what_it_weighed(signed_in, cast, given):
    case, mi = assigned_case(cast), signed_in(cast.mi_jianjun)
    known = {case.id: case.revision}
    before = len(json.dumps(phone.ask(mi, known=known)))
    set_word("Risk", "illness", "看病花钱", **given)
    db.session.commit()
    tag = phone.ask(mi, words="")["words"]["tag"]
    assert len(json.dumps(phone.ask(mi, known=known, words=tag))) == before


def test_another_county_s_words_reach_nobody_here(signed_in, cast, given):
    mi = signed_in(cast.mi_jianjun)
    given["actor"].postings[0].area_code = "620524"
    set_word("Risk", "illness", "看病花钱", **given | {"county_code": "620524"})
    db.session.commit()
    assert "words" not in phone.ask(mi, words="")


@pytest.mark.parametrize("tag", ["x", "0123456789", 7, {}])
def test_a_tag_that_is_none_is_refused(signed_in, cast, tag):
    answer = signed_in(cast.mi_jianjun).post("/api/v1/changes", json={"known": {}, "words": tag})
    assert answer.status_code == 422

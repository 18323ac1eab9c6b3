"""One definition per field: what is written for the phone equals what the server checks with."""

from backend import codebook, contract, contract_hints, form
from backend.domain.sync import payloads
from backend.form.limits import LIMITS


def test_the_written_contract_is_up_to_date():
    sources = {
        "codebook.ts": contract.codebook_source(),
        "form.ts": contract.form_source(),
        "api.ts": contract.api_source(),
        "limits.ts": contract.limits_source(),
        "income.ts": contract_hints.income_source(),
        "rules.ts": contract_hints.rules_source(),
    }
    for name, source in sources.items():
        written = (contract.TARGET / name).read_text(encoding="utf-8")
        assert written == source, f"{name} is out of date: run `make contract`"


def test_the_server_takes_all_that_the_phone_lets_one_type():
    by_field = {
        ("observation", "text"): "observation_text",
        ("attempt", "reason"): "attempt_reason",
        ("attempt", "witness"): "witness",
        ("urgent", "text"): "urgent_text",
        ("explanation", "text"): "explanation_text",
        ("explanation", "witness"): "witness",
        ("discovery", "text"): "discovery_text",
        ("discovery", "name"): "discovery_name",
    }
    for (kind, field), name in by_field.items():
        length = payloads.SCHEMAS[kind].fields[field].validate
        assert length.max >= LIMITS[name], name


def test_every_question_has_its_own_key_and_a_codebook_that_the_phone_gets():
    keys = [question.key for section in form.SECTIONS for question in section.questions]
    assert len(keys) == len(set(keys))
    for question in form.BY_KEY.values():
        if question.kind in ("choice", "choices", "photos"):
            assert question.codes in contract.FIELD_BOOKS, question.key


def test_what_counts_as_normal_is_a_known_answer():
    for question in form.BY_KEY.values():
        if question.normal is None or question.codes is None:
            continue
        codes = {member.value for member in getattr(codebook, question.codes)}
        given = question.normal if isinstance(question.normal, list) else [question.normal]
        assert set(given) <= codes, question.key


def _keys_of(condition):
    if "key" in condition:
        return {condition["key"]}
    return {key for part in condition.get("all", condition.get("any", [])) for key in _keys_of(part)}


def test_a_condition_asks_about_a_question_of_the_same_or_an_earlier_section():
    seen: set[str] = set()
    for section in form.SECTIONS:
        seen |= {question.key for question in section.questions}
        for question in section.questions:
            assert _keys_of(question.when or {"all": []}) <= seen, question.key

"""Numbers leave masked and come back whole; nothing is guessed."""

from backend.domain.masked_answers import mask_numbers, numbers_in, restore_numbers
from tests.factories import id_number

HEAD, WIFE = id_number(order=5), id_number("19730412", 24)
ANSWERS = {
    "head_id_number": HEAD,
    "narrative": HEAD,
    "members": [
        {"m_name": "马占福", "m_id_number": HEAD},
        {"m_name": "李玉兰", "m_id_number": WIFE},
        {"m_name": "马小明"},
    ],
}


def test_numbers_leave_masked_and_other_answers_stay():
    masked = mask_numbers(ANSWERS)
    assert masked["head_id_number"] == f"620599********{HEAD[-4:]}"
    assert [one.get("m_id_number", "")[6:14] for one in masked["members"]] == ["*" * 8, "*" * 8, ""]
    assert masked["narrative"] == HEAD
    assert ANSWERS["head_id_number"] == HEAD


def test_they_come_back_whole():
    assert restore_numbers(mask_numbers(ANSWERS), numbers_in(ANSWERS)) == ANSWERS


def test_an_unknown_or_ambiguous_mask_is_not_guessed():
    twin = HEAD[:6] + "19990101" + HEAD[-4:]
    masked = mask_numbers({"head_id_number": HEAD})
    assert restore_numbers(masked, [WIFE]) == masked
    assert restore_numbers(masked, [HEAD, twin]) == masked


def test_a_number_typed_anew_stays():
    assert restore_numbers({"head_id_number": WIFE}, [HEAD]) == {"head_id_number": WIFE}
    assert restore_numbers({"members": ["?"], "head_id_number": 5}, [HEAD]) == {"members": ["?"], "head_id_number": 5}

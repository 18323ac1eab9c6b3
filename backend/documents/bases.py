"""政策依据 by reason: the article behind a 不符合 (57号 第21条: 书面告知说明理由), as papers and ledgers print it."""

from collections.abc import Iterable

from backend.codebook import DeclineReason

LETTER = "甘民发〔2023〕53号 二"
BASES: dict[str, str] = {
    DeclineReason.INCOME: "民发〔2021〕57号 第13条", DeclineReason.PROPERTY: "民发〔2021〕57号 第14条",
    DeclineReason.ALREADY: "甘民发〔2023〕53号 一", DeclineReason.SOLVABLE: LETTER,
    DeclineReason.NOT_MEMBER: "民发〔2021〕57号 第5条、第7条", DeclineReason.UNTRUE: LETTER, DeclineReason.WAIVED: LETTER,
    DeclineReason.UNCOOPERATIVE: "民发〔2021〕57号 第29条", DeclineReason.DUPLICATE: "甘民发〔2023〕53号 一",
    DeclineReason.DEAD: LETTER, DeclineReason.MOVED: "民发〔2021〕57号 第5条",
}  # fmt: skip


def bases_of(reasons: Iterable[str]) -> str:
    """The articles of some reasons, each once; the letter itself where no reason was given."""
    return "；".join(dict.fromkeys(BASES.get(one, LETTER) for one in reasons)) or LETTER

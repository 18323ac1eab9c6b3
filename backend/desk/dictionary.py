"""字典: what the county calls the codes that describe its households, beside the standard words."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.codebook import LabelEnum
from backend.codebook.words import LONGEST_WORD, WORD_BOOKS, WORD_GROUPS, WORD_TITLES
from backend.desk.carrying_out import carry_out
from backend.desk.first_run import county
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import dictionary
from backend.problems import Problem

pages = Blueprint("dictionary", __name__, url_prefix="/dictionary")


def _book(name: str) -> type[LabelEnum]:
    if name not in WORD_BOOKS:
        raise Problem("not_found")
    return WORD_BOOKS[name]


def _page(name: str, form: Form) -> str:
    own = dictionary.words_of(county()).get(name, {})
    form.start |= {f"word-{code}": word for code, word in own.items()}
    return render_template(
        "dictionary/show.html", name=name, title=WORD_TITLES[name], codes=_book(name), own=own, form=form,
        longest=LONGEST_WORD, is_county=dictionary.county_of(current_user) is not None,
    )  # fmt: skip


@pages.get("/")
@policy("dictionary:edit")
def index() -> str:
    """The books by what they describe, with the county's own words in each."""
    return render_template(
        "dictionary/index.html", groups=WORD_GROUPS, own=dictionary.words_of(county()),
        is_county=dictionary.county_of(current_user) is not None,
    )  # fmt: skip


@pages.get("/<name>")
@policy("dictionary:edit")
def show(name: str) -> str:
    """One book: each code's standard word and the county's own."""
    _book(name)
    return _page(name, Form())


@pages.post("/<name>/<code>")
@policy("dictionary:edit")
def set_word(name: str, code: str) -> Response | tuple[str, int]:
    """The county calls a code so."""
    _book(name)
    form, field = Form(request.form), f"word-{code}"
    told = {"county_code": county(), "actor": current_user}
    return carry_out(
        form, lambda: dictionary.set_word(name, code, form.value(field), **told), beside=field,
        page=lambda: _page(name, form), go=lambda _: done(url_for("dictionary.show", name=name), "word-set"),
    )  # fmt: skip


@pages.post("/<name>/<code>/standard")
@policy("dictionary:edit")
def drop_word(name: str, code: str) -> Response | tuple[str, int]:
    """The standard word again."""
    _book(name)
    form = Form(request.form)
    return carry_out(
        form, lambda: dictionary.drop_word(name, code, county_code=county(), actor=current_user), beside=f"word-{code}",
        page=lambda: _page(name, form), go=lambda _: done(url_for("dictionary.show", name=name), "word-dropped"),
    )  # fmt: skip

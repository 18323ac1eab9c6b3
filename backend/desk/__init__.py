"""Pages of the desk: server-rendered, complete without script, one noun a file."""

from importlib import import_module

from flask import Flask

from backend.domain.rule_values import FACTS

NOUNS = (
    "health", "session", "field", "today", "cases", "hints", "photos", "deposits", "devices", "rescue",
    "assignments", "handovers", "transfers", "kinships", "reviews", "explanations", "petitions", "routings", "batches",
    "material_requests", "supports", "objections", "results", "oversight", "late", "supervision", "inspections",
    "spot_checks", "parameters", "rules", "ledgers", "public_notices", "printouts", "imports", "comparisons", "passwords", "users",
    "user_acts", "people_files", "organisations", "dictionary", "areas", "workdays", "first_run", "search",
    "liaisons", "exchanges", "messages", "webhooks",
)  # fmt: skip


def register(app: Flask) -> None:
    """Attach the desk's pages to `app`.

    They are loaded here and not above: documents read their words through this package while pages load documents.
    """
    from backend.desk import (
        case_conditions,
        deposit_list,
        field,
        hint_view,
        messages,
        other_limits,
        page,
        photos,
        rule_effects,
        rule_view,
        spoken,
    )

    page.start_pages(app)
    app.jinja_env.globals |= {
        "may_look": photos.may_look, "held_by": case_conditions.held_by, "doubts_of": deposit_list.doubts_of, "unread_count": messages.unread_count,
        "day_words": spoken.day_words, "declared_words": spoken.declared_words, "deadline_words": spoken.deadline_words,
        "other_limits": other_limits.OtherLimits, "question_label": hint_view.question_label, "fact_words": hint_view.fact_words,
        "rule_words": rule_view.rule_words, "rule_effects": rule_effects.effects, "FACTS": FACTS,
    }  # fmt: skip
    for noun in NOUNS:
        app.register_blueprint(import_module(f"{__name__}.{noun}").pages)
    app.register_blueprint(field.assets)

"""What happens at the office, or to the person, while work waits on a phone."""

import shutil
import signal

from sqlalchemy import delete

from backend.domain import assignment, devices, review, routing
from backend.models import Device, LoginSession, db
from tests.cast import Cast
from tests.factories import visit_case
from tests.faults.screens import Tab, codes_for
from tests.faults.stage import WORKER, Stage
from tests.journeys.phone_screen import SCREEN

OTHER = "ding_zhiqiang"


def _end_sessions(stage: Stage) -> None:
    with stage.worker() as worker:
        db.session.execute(delete(LoginSession).where(LoginSession.user_id == worker.id))


def session_over(stage: Stage) -> None:
    """Expired without network: what is finished goes all the same, the password brings the rest."""
    _end_sessions(stage)
    stage.heal()
    stage.wait_until_sent()
    stage.sign_in_again()


def session_over_and_never_enrolled(stage: Stage) -> None:
    """Nobody vouches for this phone: everything waits for the password."""
    _end_sessions(stage)
    stage.heal()
    stage.tab.page.wait_for_timeout(1000)
    assert stage.tab.waiting()
    stage.sign_in_again()


def shared_phone(stage: Stage) -> dict[str, str]:
    """丁志强 takes the phone: he sees nothing of it, writes his own, and both go under their own names."""
    tab, work = stage.tab, stage.work
    stage.heal()
    tab.page.goto(f"{tab.address}/field/login?other")
    tab.give_account(OTHER)
    tab.choose_pin()
    tab.wait_for_list()
    tab.turn_to("outbox")
    tab.page.get_by_text("还没有要上报的").wait_for()
    tab.turn_to(f"cases/{work.note_case}/observe")
    tab.page.locator("#note").wait_for()
    tab.page.wait_for_timeout(200)
    seen = tab.page.locator("#note").input_value() + tab.page.inner_text("main")
    assert work.note not in seen
    assert work.item not in seen
    own = f"丁志强另看到的，{work.item}"
    tab.note(work.note_case, own)
    tab.turn_to("people")
    tab.page.get_by_test_id(f"person-{WORKER}").click()
    tab.unlock()
    return {own: OTHER}


def revoked_phone(stage: Stage) -> None:
    """A phone out of use still hands in."""
    told = {row["key"]: row["value"] for row in stage.tab.rows("meta")["meta"]}
    with stage.office.opened():
        devices.revoke(db.session.get_one(Device, told["device_id"]), reason="丢了", actor=Cast().bai_caixia)
        db.session.commit()
    stage.heal()


def reassigned(stage: Stage) -> None:
    """Somebody else has the household by now."""
    stage.finish()
    with stage.case(stage.work.note_case) as (case, cast):
        assignment.assign(case, main=cast.ding_zhiqiang, companion=cast.hui_axi, actor=cast.bai_caixia)
    stage.heal()


def case_gone_on(stage: Stage) -> None:
    """The companion's form was approved and sent on."""
    stage.finish()
    with stage.case(stage.work.form_case) as (case, cast):
        visit_case(case, author=cast.ding_zhiqiang)
        review.approve(case, actor=cast.bai_caixia)
        routing.route(case, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia)
    stage.heal()


def account_closed(stage: Stage) -> None:
    """The person has left the service; what they did has not."""
    stage.finish()
    try:
        with stage.worker() as worker:
            worker.is_active = False
        stage.heal()
        stage.wait_until_sent()
    finally:
        with stage.worker() as worker:
            worker.is_active = True
    stage.sign_in_again()


def restored_server(stage: Stage) -> None:
    """The folder is put back as it was in the morning, and nobody knows: what came since comes again."""
    folder = stage.office.folder
    morning = folder.with_name(f"{folder.name}-morning-{stage.work.form_case}")
    stage.server.end(signal.SIGTERM)
    shutil.copytree(folder, morning)
    stage.server.start()
    stage.finish()
    stage.heal()
    stage.wait_until_sent()
    stage.server.end(signal.SIGTERM)
    shutil.rmtree(folder)
    morning.rename(folder)
    stage.server.start()
    stage.sign_in_again()
    stage.tab.turn_to("outbox")
    stage.tab.page.get_by_test_id("send").click()


def killed_server(stage: Stage) -> None:
    stage.finish()
    stage.heal()
    stage.tab.page.wait_for_timeout(300)
    stage.server.end(signal.SIGKILL)
    stage.server.start()


def rescue_file(stage: Stage) -> None:
    """The phone is breaking: 丁志强's hands in what it saved, in the name of who did it."""
    stage.finish()
    stage.tab.turn_to("rescue")
    with stage.tab.page.expect_download() as saved:
        stage.tab.page.get_by_test_id("save-rescue").click()
    with stage.browser.new_context(viewport=SCREEN, locale="zh-CN", has_touch=True) as context:
        other = Tab(context, stage.tab.address)
        other.enrol(OTHER, *codes_for(stage.office, OTHER))
        stage.line.breaks()
        other.turn_to("rescue?in=")
        other.page.get_by_test_id("rescue-file").set_input_files(saved.value.path())
        other.page.get_by_test_id("rescue-taken").wait_for()
        other.send_all()
    # It did come on again.
    stage.heal()


OFFICE = (
    session_over, shared_phone, revoked_phone, reassigned, case_gone_on, account_closed, restored_server,
    killed_server, rescue_file,
)  # fmt: skip
NOT_ENROLLED = (session_over_and_never_enrolled,)

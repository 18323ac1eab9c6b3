"""What the commands for running the server say on the terminal."""

from collections.abc import Iterable

from backend import clock
from backend.domain.orphans import GOES, STAYS, Leftover

DONE = "采纳了 {applied} 件，处理了照片 {developed} 张。"
ADMINISTRATOR = (
    "系统管理账号开好了。\n账号：{username}\n一次性密码：{password}\n"
    "只显示这一次。在浏览器登录，换成自己的密码，照“开始使用”一步一步办。"
)
WORKER = {
    True: "手机离线打开：开着。手机可以留着程序，没有网络也能用。",
    False: "手机离线打开：已关。手机联网后会清掉留着的程序，每次从网络打开；填过的都还在。",
}
RESTORED = "记下了：数据是从备份恢复的。手机下次联网时，会把这之后上报过、现在缺的重新交上来。"
NOTHING = "没有要清的。"
KINDS = {
    "unfinished_upload": "没传完的照片",
    "finished_upload": "传完的记录",
    "part_without_upload": "没有记录的半截文件",
    "object_without_photo": "没有记录的照片文件",
    "object_before_restore": "恢复备份前的照片文件，库里没有记录，核对完用 --restore-is-over 清",
    "received_copy": "处理完剩下的原件",
    "unnamed_photo": "没有哪份表提到的照片",
    "unopened_upload": "传完了打不开的照片",
}


def listed(found: list[Leftover]) -> list[str]:
    """One line for each: what it is, its name, bytes, since when."""
    if not found:
        return [NOTHING]
    return [
        f"{'清' if one.kind in GOES else '留'}  {KINDS[one.kind]}  {one.name}  {one.size} 字节  "
        f"{clock.local(one.since):%Y-%m-%d}"
        for one in found
    ]


def swept(found: Iterable[Leftover], *, is_dry: bool) -> list[str]:
    """How many of each kind went, or would go, and how many bytes; and what stays for somebody to look at."""
    found = list(found)
    going = [one for one in found if one.kind in GOES]
    lines = [f"{_sum('要清' if is_dry else '清掉了', going)}。" if going else NOTHING]
    for kind in GOES:
        lines += [f"  {_sum(KINDS[kind], same)}" for same in [[o for o in going if o.kind == kind]] if same]
    for kind in STAYS:
        same = [one for one in found if one.kind == kind]
        lines += [f"留着，要人看：{_sum(KINDS[kind], same)}。看是哪些：flask --app wsgi orphans list"] if same else []
    return lines


def _sum(words: str, found: list[Leftover]) -> str:
    return f"{words} {len(found)} 项，{sum(one.size for one in found)} 字节"

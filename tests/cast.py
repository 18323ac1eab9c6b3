"""The cast: invented people of an invented office, at real villages of 张家川回族自治县."""

from datetime import date

from argon2 import PasswordHasher
from sqlalchemy import select

from backend.codebook import Queue, Role
from backend.domain.sessions import hash_password
from backend.models import Posting, User, db

GONGMEN, LONGSHAN, COUNTY = "620525102", "620525101", "620525"
MAOSHAN, GUTU, LIUGOU = "620525102222", "620525102218", "620525102208"
LISHAN = "620525101219"
PASSWORD = "an-office-password-42"
SINCE = date(2023, 5, 1)

# key → name, role, unit, areas, queue
PEOPLE: dict[str, tuple[str, Role, str, tuple[str, ...], Queue | None]] = {
    "mi_jianjun": ("米建军", Role.GRID_WORKER, "恭门镇", (MAOSHAN, GUTU), None),
    "ding_zhiqiang": ("丁志强", Role.WORK_TEAM, "恭门镇驻村帮扶工作队", (MAOSHAN, GUTU), None),
    "hui_axi": ("惠阿西", Role.ASSISTANCE_AIDE, "恭门镇社会救助服务站", (GONGMEN,), None),
    "bai_caixia": ("白彩霞", Role.TOWNSHIP_COORDINATOR, "恭门镇民政办", (GONGMEN,), None),
    "mao_zhiqiang": ("毛志强", Role.COUNTY_RELAPSE_PREVENTION, "县农业农村局（县乡村振兴局）", (COUNTY,), None),
    "tuo_fuying": ("妥福英", Role.COUNTY_SOCIAL_ASSISTANCE, "县民政局", (COUNTY,), None),
    "chen_xiaohong": ("陈小红", Role.LINE_DEPARTMENT, "县教育局", (COUNTY,), Queue.EDUCATION),
    "han_derong": ("韩德荣", Role.LINE_DEPARTMENT, "县医疗保障局", (COUNTY,), Queue.MEDICAL),
    "zhao_shengfu": ("赵生福", Role.LINE_DEPARTMENT, "县住房和城乡建设局", (COUNTY,), Queue.HOUSING),
    "feng_youcai": ("冯有才", Role.LINE_DEPARTMENT, "县水务局", (COUNTY,), Queue.WATER),
    "liu_yulan": ("刘玉兰", Role.CITY_SUPERVISOR, "市乡村振兴局", ("6205",), None),
    "zhang_cunying": ("张存英", Role.PROVINCE_SUPERVISOR, "省民政厅", ("62",), None),
    "tie_jianhua": ("铁建华", Role.ADMINISTRATOR, "县信息中心", (COUNTY,), None),
    "li_zhanfu": ("李占福", Role.TOWNSHIP_COORDINATOR, "龙山镇民政办", (LONGSHAN,), None),
    "tuo_hasan": ("妥哈三", Role.GRID_WORKER, "龙山镇", (LISHAN,), None),
}


class Cast:
    """`cast.mi_jianjun` is that person's row in the session at hand."""

    def __getattr__(self, key: str) -> User:
        if key not in PEOPLE:
            raise AttributeError(key)
        return db.session.scalars(select(User).where(User.username == key)).one()


def colleague(of: User, name: str = "苏文秀") -> User:
    """Somebody else of the same office, with the same duty and areas."""
    person = User(
        username=f"{of.username}_two", name=name, role=of.role, unit=of.unit, queue=of.queue,
        password_hash=of.password_hash,
    )  # fmt: skip
    person.postings = [Posting(area_code=code, started_on=SINCE) for code in of.area_codes]
    db.session.add(person)
    db.session.flush()
    return person


def quick_hash() -> str:
    """PASSWORD's hash at the least of costs: it is checked by the same code, thousands of times in a run."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def hire_everybody(password_hash: str = "") -> None:
    """Give each of the cast an account; they share one password, by default hashed as in production."""
    password_hash = password_hash or hash_password(PASSWORD)
    for number, (key, (name, role, unit, areas, queue)) in enumerate(PEOPLE.items(), 1):
        person = User(username=key, name=name, role=role, unit=unit, queue=queue, password_hash=password_hash)
        person.phone = f"12000001{number:03d}"
        person.postings = [Posting(area_code=code, started_on=SINCE) for code in areas]
        db.session.add(person)

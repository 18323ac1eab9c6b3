"""Settings, read once from the environment.

RUHU_DATA          folder for database, key ring, photos; default ./var
RUHU_DATABASE_URL  SQLAlchemy URL; default SQLite inside RUHU_DATA
RUHU_MODE          production | demo | test; default: the data folder's own mark, else production
RUHU_WEBHOOK_HOSTS hosts that group robots may be reached at, comma between; default those of WeCom and DingTalk;
                   empty: nothing is sent out
RUHU_PROXIES       how many proxies of one's own stand in front, whose word on a phone's address is taken; default 0
"""

import os
from dataclasses import dataclass
from pathlib import Path

DEMO_PASSWORD = "ruhu-demo-2026"  # noqa: S105 - published in the README, refused in production
MODES = ("production", "demo", "test")
PROXIES = ("0", "1", "2", "3")
ROBOTS = "qyapi.weixin.qq.com,oapi.dingtalk.com"


class UnsafeSettings(RuntimeError):
    """Production was asked to start with something only a demonstration may have."""


@dataclass(frozen=True)
class Settings:
    mode: str
    data: Path
    database_url: str
    webhook_hosts: frozenset[str] = frozenset(ROBOTS.split(","))
    proxies: int = 0

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def cookie_name(self) -> str:
        return "__Host-ruhu" if self.is_production else "ruhu"


def mode_mark(data: Path) -> Path:
    """The file by which a data folder says that it holds invented people only."""
    return data / "mode"


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process's).

    Raises UnsafeSettings for an unknown mode, a number of proxies that is none, or for DEBUG in production.
    """
    env = os.environ if environ is None else environ
    data = Path(env.get("RUHU_DATA") or "var").resolve()
    mark = mode_mark(data)
    mode = env.get("RUHU_MODE") or (mark.read_text().strip() if mark.is_file() else "production")
    if mode not in MODES:
        raise UnsafeSettings(f"RUHU_MODE must be one of {', '.join(MODES)}, not {mode!r}")
    if mode == "production" and env.get("FLASK_DEBUG", "0") not in ("", "0", "false", "False"):
        raise UnsafeSettings("FLASK_DEBUG must be off in production")
    url = env.get("RUHU_DATABASE_URL") or f"sqlite:///{data / 'ruhu.sqlite3'}"
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    proxies = env.get("RUHU_PROXIES") or "0"
    if proxies not in PROXIES:
        raise UnsafeSettings(f"RUHU_PROXIES must be one of {', '.join(PROXIES)}, not {proxies!r}")
    hosts = (host.strip().lower() for host in env.get("RUHU_WEBHOOK_HOSTS", ROBOTS).split(","))
    robots = frozenset(host for host in hosts if host)
    return Settings(mode=mode, data=data, database_url=url, webhook_hosts=robots, proxies=int(proxies))

"""Production refuses to start with what only a demonstration may have."""

import pytest
from flask_limiter.util import get_remote_address

from backend import create_app, refuse_demo_people
from backend.config import DEMO_PASSWORD, UnsafeSettings, read_settings
from backend.domain import sessions
from backend.models import User, db


def settings_for(tmp_path, **env):
    return read_settings({"RUHU_DATA": str(tmp_path), **env})


def test_production_is_the_default_and_refuses_debug(tmp_path):
    assert settings_for(tmp_path).is_production
    with pytest.raises(UnsafeSettings, match="DEBUG"):
        settings_for(tmp_path, FLASK_DEBUG="1")
    with pytest.raises(UnsafeSettings, match="RUHU_MODE"):
        settings_for(tmp_path, RUHU_MODE="live")


def test_a_data_folder_remembers_that_it_is_a_demonstration(tmp_path):
    (tmp_path / "mode").write_text("demo\n")
    assert settings_for(tmp_path).is_demo
    assert settings_for(tmp_path, RUHU_MODE="production").is_production


def test_the_cookie_is_bound_to_the_host_in_production(tmp_path):
    assert settings_for(tmp_path).cookie_name.startswith("__Host-")


def test_postgresql_urls_get_the_installed_driver(tmp_path):
    url = settings_for(tmp_path, RUHU_DATABASE_URL="postgresql://ruhu@localhost/ruhu").database_url
    assert url.startswith("postgresql+psycopg://")


@pytest.mark.parametrize(
    ("proxies", "told", "seen"),
    [("", "198.51.100.7", "127.0.0.1"), ("1", "203.0.113.9, 198.51.100.7", "198.51.100.7"), ("1", "", "127.0.0.1")],
)
def test_only_an_own_proxy_is_believed_whom_it_speaks_for(tmp_path, proxies, told, seen):
    app = create_app(settings_for(tmp_path, RUHU_PROXIES=proxies))
    app.add_url_rule("/who", view_func=get_remote_address)
    assert app.test_client().get("/who", headers={"X-Forwarded-For": told} if told else {}).text == seen


@pytest.mark.parametrize("proxies", ["-1", "9", "yes"])
def test_an_odd_number_of_proxies_is_refused(tmp_path, proxies):
    with pytest.raises(UnsafeSettings, match="RUHU_PROXIES"):
        settings_for(tmp_path, RUHU_PROXIES=proxies)


@pytest.fixture
def production(tmp_path):
    app = create_app(settings_for(tmp_path))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def add_user(**values):
    db.session.add(User(username="x", name="马占福", role="administrator", **values))
    db.session.commit()


def test_production_refuses_demo_accounts(production):
    refuse_demo_people(production)
    add_user(password_hash="-", is_demo=True)
    with pytest.raises(UnsafeSettings, match="demo accounts"):
        refuse_demo_people(production)


def test_a_password_costs_whoever_guesses(production):
    # Argon2id as OWASP asks for: 19 MiB, twice. The tests' own people have cheaper ones.
    assert sessions.hash_password("an-office-password-42").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_production_refuses_the_demo_password(production):
    with pytest.raises(ValueError, match="demo"):
        sessions.hash_password(DEMO_PASSWORD)
    add_user(password_hash=sessions.hasher.hash(DEMO_PASSWORD))
    with pytest.raises(sessions.Problem, match="bad_credentials"):
        sessions.sign_in("x", DEMO_PASSWORD)

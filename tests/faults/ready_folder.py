"""For many short runs: a data folder that was filled once takes the place of one filled by each run."""

import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = "RUHU_MIGRATED_FOLDER"


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Path | None:
    """`migrated_folder` is only ever copied, so runs can share one."""
    if fixturedef.argname != "migrated_folder" or FOLDER not in os.environ:
        return None
    folder = Path(os.environ[FOLDER])
    fixturedef.cached_result = (folder, fixturedef.cache_key(request), None)
    return folder

"""What an administrator may switch off while the program runs: one empty file each, seen by every process at once."""

from pathlib import Path


def _mark(data: Path) -> Path:
    return data / "service-worker-off"


def is_service_worker_on(data: Path) -> bool:
    """Whether phones may keep the app for offline use."""
    return not _mark(data).exists()


def switch_service_worker(data: Path, *, on: bool) -> None:
    """Phones follow at their next contact; what people have filled in stays where it is."""
    if on:
        _mark(data).unlink(missing_ok=True)
    else:
        _mark(data).touch()

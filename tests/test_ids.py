"""Row ids carry their order: what was judged first sorts first, however quickly the next one followed."""

from uuid import UUID

from backend.models.base import new_id


def test_ids_of_one_moment_sort_as_they_were_made():
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_an_id_is_a_uuid_of_version_7():
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, "specified in RFC 4122")

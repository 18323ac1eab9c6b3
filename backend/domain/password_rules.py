"""What a password has to be, and one-time passwords that can be read out over the telephone."""

import secrets

SHORTEST, LONGEST, KINDS_NEEDED = 10, 200, 3
GROUPS, GROUP_LENGTH = 3, 4
# Without letters and digits that are read for one another.
LOWER, UPPER, DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789"


def fault_of(password: str, username: str) -> str:
    """The code of what is wrong with a password: password_short, password_long, password_plain, password_name; or ""."""
    if len(password) < SHORTEST:
        return "password_short"
    if len(password) > LONGEST:
        return "password_long"
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    if sum(any(is_kind(c) for c in password) for is_kind in kinds) < KINDS_NEEDED:
        return "password_plain"
    return "password_name" if username.lower() in password.lower() else ""


def one_time_password() -> str:
    """Three groups of four (about 66 bits), such as kX7m-Rp4t-9wZd; every kind is in it."""
    every = LOWER + UPPER + DIGITS
    while True:
        letters = [secrets.choice(every) for _ in range(GROUPS * GROUP_LENGTH)]
        if all(set(kind) & set(letters) for kind in (LOWER, UPPER, DIGITS)):
            joined = "".join(letters)
            return "-".join(joined[at : at + GROUP_LENGTH] for at in range(0, len(joined), GROUP_LENGTH))

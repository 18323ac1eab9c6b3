"""Text without what nobody sees: control characters, and marks that turn the reading order of a name around. Pure."""

import re

# Tab and line ends stay; the rest of Unicode's Cc and Cf that a keyboard or a copied page brings along does not.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def visible(text: str) -> str:
    """The text as it is read. Files and forms both pass here, so that 马\u202e福占 is stored by neither."""
    return _UNSEEN.sub("", text)

"""What is said when the site cannot take a request: which part of it is too much, and how to go on."""

from __future__ import annotations

from dataclasses import dataclass

from .phrases import count

KILOBYTE = 1024


@dataclass(frozen=True)
class Refusal:
    """A page that says why: its heading and its sentences."""

    title: str
    sentences: tuple[str, ...]


BARE = (
    '<!doctype html><html lang="en-GB"><title>Problem with the site</title>'
    "<h1>There is a problem with the site</h1><p>It is our fault, not yours. Try again in a few minutes. {}</p></html>"
)
"""The page for a problem when the site's own one has it too; the name of the request stands at its end."""

WRONG_METHOD = Refusal(
    "This address cannot be used that way",
    ("Pages of this site are read, and forms are sent. The program that asked wanted something else.",),
)
UNREADABLE = Refusal(
    "This request cannot be understood",
    (
        "It holds a character that no page and no form of this site sends. Nothing was changed.",
        "Go back, check the address, and try again.",
    ),
)
LONG_ADDRESS = Refusal(
    "This address is too long",
    (
        "It has more characters than the site reads. Nothing was changed.",
        "If the answers in it were made here, leave some of them out; a link from elsewhere may be damaged.",
    ),
)
MANY_FIELDS = Refusal(
    "This form has too many fields",
    ("No form of this site has so many. Nothing was changed.", "Go back, reload the page and send it again."),
)
NOT_SENT_WHOLE = Refusal(
    "This form did not arrive whole",
    ("Perhaps the connection broke. Nothing was changed.", "Go back and send it again."),
)


def too_large(limit: int) -> Refusal:
    """A form or a file of more than ``limit`` bytes."""
    return Refusal(
        "That is more than the site takes",
        (
            f"What was sent is larger than the {limit // KILOBYTE} KB that fit here. Nothing was changed.",
            "Go back: what you typed is still there. Shorten it, or choose a smaller file.",
        ),
    )


def wait_sentence(seconds: int) -> str:
    """When to try again after too many attempts."""
    if seconds < 60:
        return f"That was sent very often in a short time. Try again in {count(seconds, 'second')}."
    return f"That was tried very often. Try again in {count(-(-seconds // 60), 'minute')}."

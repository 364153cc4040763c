"""Which addresses show the same to everybody, and what they read of a query string.

Everything that is not named here is rendered for each request. A page that reads another parameter needs it here too,
or visitors get it without; `tests/test_public_pages.py` compares these names with what the views read, and wants every
address of the site in one of the two lists.
"""

from __future__ import annotations

from collections.abc import Mapping

from careerpaths.page_key import PublicPage

_PLAIN = PublicPage()
_FOR_A_READER = PublicPage(once=frozenset({"from"}))
_ONLY_BARE = PublicPage(only_bare=True)

PAGES: Mapping[str, PublicPage] = {
    "guides:home": _PLAIN,
    "guides:role_list": PublicPage(frozenset({"category", "difficulty", "coding", "remote", "months", "sort", "page"})),
    "guides:role_detail": _FOR_A_READER,
    "guides:interview": _PLAIN,
    "guides:transitions_into": _PLAIN,
    "guides:category_list": _PLAIN,
    "guides:category_detail": _PLAIN,
    "guides:start": PublicPage(frozenset({"q", "to"})),
    "guides:occupation_list": PublicPage(frozenset({"q", "group", "page"})),
    "guides:occupation_detail": _PLAIN,
    "guides:transition_list": PublicPage(frozenset({"origin", "page"})),
    "guides:transitions_from": PublicPage(frozenset({"pay", "months", "remote", "degree", "roles", "order", "page"})),
    "guides:transition_detail": _FOR_A_READER,
    "guides:pathways": PublicPage(frozenset({"origin", "destination", "months", "pay", "page"})),
    "guides:skill_list": _PLAIN,
    "guides:skill_detail": _PLAIN,
    "guides:compare": PublicPage(
        frozenset({"baseline", "pay", "time", "remote", "ai", "from"}), several=frozenset({"role", "only"})
    ),
    "guides:search": PublicPage(frozenset({"q"})),
    "guides:source_list": _PLAIN,
    "guides:source_detail": _PLAIN,
    "guides:method": _PLAIN,
    "guides:privacy": _PLAIN,
    "guides:robots": _PLAIN,
    "guides:sitemap": PublicPage(frozenset({"p"})),
    # What somebody answered, holds or plans stands in the address of these.
    "guides:fit_check": _ONLY_BARE,
    "guides:fit_all": _ONLY_BARE,
    "guides:plan": _ONLY_BARE,
    "guides:ledger": _ONLY_BARE,
    "guides:keep": _ONLY_BARE,
    "guides:practice": _ONLY_BARE,
    "guides:practice_set": _ONLY_BARE,
}
"""Public pages by the name of their address."""

RENDERED_EACH_TIME = frozenset(
    {
        # Files for one person.
        "guides:plan_calendar",
        "guides:plan_text",
        # What somebody keeps, and the forms that begin it: they carry a token against forged requests.
        "guides:kept_plan",
        "guides:kept_calendar",
        "guides:kept_text",
        "guides:tick",
        "guides:note",
        "guides:milestone",
        "guides:plan_settings",
        "guides:replan",
        "guides:plan_money",
        "guides:plan_seen",
        "guides:plan_delete",
        "guides:shared",
        "guides:keep_start",
        "guides:keep_open",
        "guides:keep_download",
        "guides:keep_upload",
        "guides:keep_share",
        "guides:keep_revoke",
        "guides:keep_rekey",
        "guides:keep_leave",
        "guides:keep_delete",
        # Not worth a place: a redirect to the icon, and a page of development.
        "guides:favicon",
        "guides:styleguide",
    }
)
"""The other addresses of the site."""

"""The addresses of the guides. Every page has one, readable and for ever."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from .sitemaps import SITEMAPS
from .views import (
    about,
    categories,
    compare,
    crawlers,
    destinations,
    fit,
    home,
    keep,
    kept_plan,
    ledger,
    occupations,
    pathways,
    plan,
    practice,
    roles,
    search,
    shared,
    skills,
    styleguide,
    transitions,
)

app_name = "guides"

urlpatterns = [
    path("", home.home, name="home"),
    # Roles
    path("roles/", roles.role_list, name="role_list"),
    path("roles/<slug:slug>/", roles.role_detail, name="role_detail"),
    path("roles/<slug:slug>/interview/", roles.interview, name="interview"),
    path("roles/<slug:slug>/into/", destinations.transitions_into, name="transitions_into"),
    path("roles/<slug:slug>/fit/", fit.fit_check, name="fit_check"),
    path("fit/", fit.fit_all, name="fit_all"),
    path("compare/", compare.compare_page, name="compare"),
    path("categories/", categories.category_list, name="category_list"),
    path("categories/<slug:slug>/", categories.category_detail, name="category_detail"),
    # Official occupations, and the way in from any of them
    path("start/", occupations.start, name="start"),
    path("occupations/", occupations.occupation_list, name="occupation_list"),
    path("occupations/<slug:slug>/", occupations.occupation_detail, name="occupation_detail"),
    # Transitions
    path("transitions/", transitions.transition_list, name="transition_list"),
    path("transitions/<slug:origin>/", destinations.transitions_from, name="transitions_from"),
    path("transitions/<slug:origin>/<slug:destination>/", transitions.transition_detail, name="transition_detail"),
    path("pathways/", pathways.pathways_page, name="pathways"),
    # Skills
    path("skills/", skills.skill_list, name="skill_list"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill_detail"),
    # Plans: computed from the address, kept, shared
    path("plan/", plan.plan, name="plan"),
    path("plan/calendar.ics", plan.plan_calendar, name="plan_calendar"),
    path("plan/plan.md", plan.plan_text, name="plan_text"),
    path("plans/<slug:plan_id>/", kept_plan.kept_plan, name="kept_plan"),
    path("plans/<slug:plan_id>/calendar.ics", kept_plan.kept_calendar, name="kept_calendar"),
    path("plans/<slug:plan_id>/plan.md", kept_plan.kept_text, name="kept_text"),
    path("plans/<slug:plan_id>/tick/", kept_plan.tick, name="tick"),
    path("plans/<slug:plan_id>/note/", kept_plan.note, name="note"),
    path("plans/<slug:plan_id>/milestone/", kept_plan.milestone, name="milestone"),
    path("plans/<slug:plan_id>/settings/", kept_plan.plan_settings, name="plan_settings"),
    path("plans/<slug:plan_id>/replan/", kept_plan.replan, name="replan"),
    path("plans/<slug:plan_id>/money/", kept_plan.plan_money, name="plan_money"),
    path("plans/<slug:plan_id>/seen/", kept_plan.seen, name="plan_seen"),
    path("plans/<slug:plan_id>/delete/", kept_plan.delete, name="plan_delete"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    # What a visitor keeps
    path("ledger/", ledger.ledger, name="ledger"),
    path("keep/", keep.keep, name="keep"),
    path("keep/start/", keep.keep_start, name="keep_start"),
    path("keep/open/", keep.keep_open, name="keep_open"),
    path("keep/download/", keep.keep_download, name="keep_download"),
    path("keep/upload/", keep.keep_upload, name="keep_upload"),
    path("keep/share/", keep.keep_share, name="keep_share"),
    path("keep/share/<int:pk>/revoke/", keep.keep_revoke, name="keep_revoke"),
    path("keep/rekey/", keep.keep_rekey, name="keep_rekey"),
    path("keep/leave/", keep.keep_leave, name="keep_leave"),
    path("keep/delete/", keep.keep_delete, name="keep_delete"),
    # Interview practice
    path("practice/<slug:slug>/", practice.practice, name="practice"),
    path("practice/<slug:slug>/set/", practice.practice_set, name="practice_set"),
    # The whole site
    path("search/", search.search_page, name="search"),
    path("sources/", about.source_list, name="source_list"),
    path("sources/<slug:slug>/", about.source_detail, name="source_detail"),
    path("method/", about.method, name="method"),
    path("privacy/", about.privacy, name="privacy"),
    # For programs
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

"""The addresses of the guides. Every page has one, readable and for ever."""

from django.urls import path

from .views import about, categories, home, roles, search, skills, styleguide, transitions

app_name = "guides"

urlpatterns = [
    path("", home.home, name="home"),
    # Roles
    path("roles/", roles.role_list, name="role_list"),
    path("roles/<slug:slug>/", roles.role_detail, name="role_detail"),
    path("roles/<slug:slug>/interview/", roles.interview, name="interview"),
    path("roles/<slug:slug>/into/", transitions.transitions_into, name="transitions_into"),
    path("categories/", categories.category_list, name="category_list"),
    path("categories/<slug:slug>/", categories.category_detail, name="category_detail"),
    # Transitions
    path("transitions/", transitions.transition_list, name="transition_list"),
    path("transitions/<slug:origin>/", transitions.transitions_from, name="transitions_from"),
    path("transitions/<slug:origin>/<slug:destination>/", transitions.transition_detail, name="transition_detail"),
    # Skills
    path("skills/", skills.skill_list, name="skill_list"),
    path("skills/<slug:slug>/", skills.skill_detail, name="skill_detail"),
    # The whole site
    path("search/", search.search_page, name="search"),
    path("sources/", about.source_list, name="source_list"),
    path("method/", about.method, name="method"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]

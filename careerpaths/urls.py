"""The addresses of the deployment: the guides at the root, the admin under /admin/."""

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("guides.urls")),
]

if apps.is_installed("django_browser_reload"):
    urlpatterns.insert(0, path("__reload__/", include("django_browser_reload.urls")))

handler400 = "guides.views.errors.bad_request"
handler403 = "guides.views.errors.permission_denied"
handler404 = "guides.views.errors.page_not_found"
handler500 = "guides.views.errors.server_error"

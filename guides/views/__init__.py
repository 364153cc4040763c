"""One module for each part of the site; a view reads the request, fetches, asks a rule and renders."""

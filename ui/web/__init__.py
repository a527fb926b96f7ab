"""The web server, the page that it serves, and its API."""

"""The owner's page, for who runs the answers: articles, index, unanswered questions, feedback. Behind a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.folder.owner import Owner, OwnerError, read_owner, warning_about

if TYPE_CHECKING:
    from fastapi import FastAPI


MANAGE_PATH = "/manage"


def mount_manage(app: FastAPI, owner: Owner) -> FastAPI:
    """Add the owner's page to the web application at /manage; to be called before the chat page is mounted at /."""
    # Gradio takes seconds to import, which a missing password need not wait for.
    from ui.manage.mounting import mount

    return mount(app, owner)


__all__ = ["MANAGE_PATH", "Owner", "OwnerError", "mount_manage", "read_owner", "warning_about"]

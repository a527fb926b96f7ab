"""Who may come in to the owner's page."""

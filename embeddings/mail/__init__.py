"""Mails: their headers, their text and their attachments."""

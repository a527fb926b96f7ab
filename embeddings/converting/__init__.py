"""Documents of older programs, made into newer ones by LibreOffice."""

"""What a text consists of: sentences, headings, enumerations, tables; its outline, the passages cut along it."""

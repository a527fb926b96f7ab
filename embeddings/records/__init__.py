"""Items of one form that an article gives one after the other, each with what is said of it field by field."""

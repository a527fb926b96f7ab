"""Each kind of question answered in the articles' own words."""

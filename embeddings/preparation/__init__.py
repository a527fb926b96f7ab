"""Files -> all that an index needs of them, kept so that nothing unchanged is read twice."""

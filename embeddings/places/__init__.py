"""Names of places: provinces and prefectures, counties, towns, and the place that an article is about."""

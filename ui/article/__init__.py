"""An article in the reading pane, with the cited characters marked."""

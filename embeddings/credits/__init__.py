"""Who made an article and whose it is, as its own sentences say: datelines, reporters, editors, photographers."""

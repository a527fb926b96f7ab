"""The commands of `suyuan`, a file each, with their options and what they print."""

"""Safe reading and atomic writing of files: limits, ownership, names, settings, resources."""

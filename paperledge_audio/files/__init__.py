"""Reading and writing files safely: limits, whole writes, ownership, names, settings, resources."""

"""Units of measure: a printed symbol, however it is put together → its name in words."""

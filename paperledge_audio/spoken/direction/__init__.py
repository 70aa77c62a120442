"""How segments are said: emphasis, deliveries, rising questions, and the pauses between them."""

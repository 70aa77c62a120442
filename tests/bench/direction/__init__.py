"""How well stress and delivery are followed, heard in finished takes."""

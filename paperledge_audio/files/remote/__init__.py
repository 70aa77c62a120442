"""Folders on servers: an address in, files listed, read, written and removed there."""

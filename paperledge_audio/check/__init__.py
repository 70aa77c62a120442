"""What can be said before anybody speaks: of scripts, and of voices on this machine."""

"""show.toml → Show: who the show is, who speaks, what plays, how loud."""

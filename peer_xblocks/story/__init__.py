"""The ten-minute story: written, timed and rehearsed by the person whose it is; nobody else reads it."""

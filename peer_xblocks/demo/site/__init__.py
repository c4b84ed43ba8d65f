"""The demo's own pages: made-up people, outlines, the trainer's and the author's pages, around the blocks."""

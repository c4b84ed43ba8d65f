"""What a module is made of: knowledge checks, card sorts, texts that are signed. One folder a block; the records are the room's."""

"""The pages of the room, by what one comes for: to read, write, examine, handle, or rate."""

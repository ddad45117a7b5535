"""How people write: the words of a reply, reservations beside them, numbers that identify a resident."""

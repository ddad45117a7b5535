"""What makes an office from nothing: its answers, and the files written from them."""

"""What commands tell beside the state of things: how long it took, what will come, and why a letter was sent."""

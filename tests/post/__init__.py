"""The post room against the embedded server, against real ones, and against servers scripted to misbehave."""

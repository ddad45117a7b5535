"""What is kept up beside the work on mail: backups, and the ends of what ends by itself."""

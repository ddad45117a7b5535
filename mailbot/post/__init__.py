"""The post room, the only one with sockets: mail comes in by `imap.Mailbox` and goes out by `smtp.Courier`."""

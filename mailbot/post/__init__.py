"""The post room, the only one with sockets: mail comes in by IMAP (`imap.Mailbox`), goes out by SMTP (`smtp.Courier`)."""

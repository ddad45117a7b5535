"""What is laid on the desk beside a mail or a cycle: our letters, codes, footers, what came back, former figures."""

"""Every test of mailbot; the folders mirror the package."""

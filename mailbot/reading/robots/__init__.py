"""Mail that no person wrote: bounces, delivery reports, vacation replies, other automatic mail."""

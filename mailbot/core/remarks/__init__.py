"""What the Sekretaris and the Kepala Dinas remark on a draft, as one numbered list, and what became of each."""

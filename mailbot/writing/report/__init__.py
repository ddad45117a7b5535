"""The Laporan Kinerja as a Word file (SOP row 6)."""

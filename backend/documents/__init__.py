"""What leaves the program as a file: error sheets, reports, ledgers."""

"""Ledgers T1–T11 of DOMAIN §5.2: one file each, rows from what the person may see, masked."""

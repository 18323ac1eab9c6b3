"""What lies outside the tables: keys, objects, work for later."""

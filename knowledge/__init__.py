"""What is known: reviewed YAML records, the database copy made from them, and how to find one."""

"""What runs inside the Rasa server: understanding Japanese, nothing else."""

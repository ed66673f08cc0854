"""What was made reaches output/, and is taken back."""

"""What readers leave with us, and the old addresses they use; a module for each."""

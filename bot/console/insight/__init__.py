"""What people need: figures that tell nobody apart."""

"""What people do: write, press, edit, delete, react."""

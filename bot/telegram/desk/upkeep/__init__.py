"""What keeps the staff groups in order: their file, members, rights, menus and figures."""

"""What all pages have in common: templates, forms, headers, languages, errors."""

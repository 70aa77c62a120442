"""Edition → what is read while it is heard: a web page, and a book (EPUB 3) with its sound."""

"""Names of people → how they are said: credits, pinyin, and names that show their language."""

"""The text below a script's header → blocks: Markdown or plain text, and directives."""

"""Long work shared out (分工): to this process, to several, to other computers."""

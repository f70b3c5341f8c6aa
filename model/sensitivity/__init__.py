"""What drives an answer, what turns it, and what it comes to under other assumptions and stresses."""

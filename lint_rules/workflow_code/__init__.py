"""Between a program and the rules: what reached code uses, and where its values go."""

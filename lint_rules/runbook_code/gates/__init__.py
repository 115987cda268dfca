"""The gates of a class: where they happen, what they wait for, what can open them."""

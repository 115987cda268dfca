"""How code uses the SDK: names, calls, options, the runtime it chooses."""

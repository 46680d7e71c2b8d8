"""The pages of the console, one small router each: parse, call, render."""

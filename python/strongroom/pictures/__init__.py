"""Pictures: the charts as Mermaid, DOT and SVG, and what a report draws."""

"""What was read and judged, written for people and for programs."""

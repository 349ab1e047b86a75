"""What practices change: asked at the end of a meeting, filled in by taps, looked back on twice."""

"""The forms a chart can have, one a module: what it holds, and how it is drawn on any canvas."""

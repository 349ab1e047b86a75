"""A meeting as it takes place: who chairs it, where it is, what is parked so that it goes on."""

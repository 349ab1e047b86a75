"""What practices say that they will change: whom it is asked of, what can be chosen, when it is looked back on."""

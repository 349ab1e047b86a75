"""The desk from outside: how tests and rehearsals act as people."""

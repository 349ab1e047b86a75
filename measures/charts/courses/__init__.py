"""The same number at several times: as a package asks for it, and round by round."""

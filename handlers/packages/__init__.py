"""What can be measured, and a package of the cluster's own."""

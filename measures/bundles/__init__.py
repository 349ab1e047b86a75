"""Files for all practices of a cluster: whose each row is, and one verdict for each."""

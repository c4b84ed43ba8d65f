"""What goes wrong between a site and its registry: nothing is lost, nothing is there twice."""

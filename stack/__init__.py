"""Everything at once on one machine: the services, a worker, and the demo's story; used by starter alone."""

"""Mail services that take letters over HTTPS: one file each, read by `http.HttpTransport`."""

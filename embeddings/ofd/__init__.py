"""OFD files, the Chinese format of fixed pages (GB/T 33190-2016) -> a page of lines."""

"""Family FL: the file itself, refused (FL1xx) or read with a remark (FL2xx)."""

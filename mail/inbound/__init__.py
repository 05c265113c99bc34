"""What came in: any bytes as a message, who wrote it, what it answers, and what it means."""

from mail.inbound.reading import explain, read

__all__ = ["explain", "read"]

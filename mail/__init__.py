"""The wire: compose letters, hand them to servers, read what comes back."""

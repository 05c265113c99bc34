"""The steps themselves, one story each: claim, send, record; settle; move on; plan (SPEC section 5)."""

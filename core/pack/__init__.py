"""The types of a Pack; reading, checking, building and signing it."""

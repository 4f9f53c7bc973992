"""Who has reviewed a language: a sign-off holds for exactly the texts that were read, so a changed text loses it."""

from __future__ import annotations

import hashlib

from core.pack.pack import Pack


def digest_of(pack: Pack, language: str) -> str:
    """SHA-256 of all texts of a language, the same whatever their order in the files."""
    import json  # late: English needs no review

    texts = pack.file.texts.get(language, {})
    written = json.dumps(texts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def reviewed(pack: Pack, language: str) -> bool:
    """Whether somebody signed off the texts of a language exactly as they are in this pack."""
    signed = [signoff.digest for signoff in pack.file.signoffs if signoff.language == language]
    return bool(signed) and digest_of(pack, language) in signed

"""Every sentence that the program says by itself is asked for by the check, and nothing that it never says."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core import results
from core.consult import CRITERIA
from core.errors import PackError
from core.pack import types as t
from core.pack.build import encode, problems_in
from core.pack.keys import read_key
from core.pack.pack import Pack
from core.pack.read import RESOURCES
from core.pack.signed import Header, Unsealed, reopened
from core.pack.texts import ASKED, missing_texts, text_faults
from core.ranking.criteria import REST
from tests import ROOT
from tests.core.pack import signing

#: What says a text by its key, first argument; a sheet's `Say` is called by itself too.
SAYING = {"say", "_say", "runs", "list"}

Call = tuple[str, frozenset[str] | None, str]


def literal(record: type, field: str) -> tuple[Any, ...]:
    """The words that a field may hold."""
    return get_args(get_type_hints(record)[field])


FAMILIES = {
    "say.criterion_": CRITERIA,
    "say.ease_": tuple(REST),
    "say.status_": get_args(results.Status),
    "say.certainty_": get_args(results.Level),
    "say.firm_": set(get_args(results.Firmness)) - {"none"},
    "say.product_": literal(t.Product, "status"),
    "say.unit_": literal(t.Harm, "unit"),
    "say.harm_of_": set(literal(t.Harm, "cause")) - {"either"},
    "say.anaesthesia_": {"sedation", "regional", "general"},
    "say.note_answer_": ("yes", "no"),
    "handout.awake_": literal(t.Procedure, "anaesthesia"),
    "handout.unit_": literal(t.Harm, "unit"),
    "handout.cause_": set(literal(t.Harm, "cause")) - {"either"},
    "handout.sources_read.": get_args(t.Read),
    "handout.sure_": get_args(results.Level),
    "handout.help_": get_args(results.Level),
    "handout.signs_": set(get_args(t.Family)),
    "handout.total_": ("100", "1000000"),
    "handout.list_": ("and", "or"),
}
#: How the names begin that the code puts together from pieces which stand in no list of theirs.
PUT_TOGETHER = (
    *("say.missing_", "say.benefit_", "say.sure_", "say.headline_opening_", "say.firm_figure", "handout.harm_"),
    *("handout.in_", "handout.none_", "handout.signs_", "handout.way_"),
    *("handout.matters_", "handout.questions_", "handout.steps_"),
)


def calls(path: str, tree: ast.Module) -> Iterator[Call]:
    """Each text that a source asks for by a plain word: its key, the fields it gives (null: not to be seen), where."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        receiver = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called not in SAYING:
            continue
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if not words or words[0] != getattr(node.args[0], "value", None) or not words[0].isidentifier():
            continue
        key = words[1] if words[0] in ("en", "es") else words[0]
        sheet = path.startswith("core/handout/") and getattr(receiver, "id", "") != "voice"
        given = None if any(one.arg is None for one in node.keywords) else {str(one.arg) for one in node.keywords}
        yield (
            f"{'handout' if sheet else 'say'}.{key}",
            None if given is None else frozenset(given),
            f"{path}:{node.lineno}",
        )


@pytest.fixture(scope="module")
def asked() -> list[Call]:
    return [
        one
        for path in sorted((ROOT / "core").rglob("*.py"))
        for one in calls(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8")))
    ]


def test_every_text_that_the_code_names_is_on_the_list(asked: list[Call]) -> None:
    assert len(asked) > 200
    assert [f"{where}: {key}" for key, _, where in asked if key not in ASKED] == []


def test_every_field_on_the_list_is_filled_in_where_the_text_is_said(asked: list[Call]) -> None:
    wrong = [
        f"{where}: {key} lacks {sorted(lacking)}"
        for key, given, where in asked
        if given is not None and (lacking := ASKED[key] - given - {"b", "e"})
    ]
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_every_member_of_a_family_is_on_the_list(family: str) -> None:
    assert [f"{family}{one}" for one in FAMILIES[family] if f"{family}{one}" not in ASKED] == []


def test_the_code_names_every_text_on_the_list() -> None:
    """A text that nobody says is dead."""
    code = "\n".join(path.read_text("utf-8") for room in ("core", "ui") for path in (ROOT / room).rglob("*.py"))
    members = {f"{family}{one}" for family, ones in FAMILIES.items() for one in ones}
    named = {key for key in ASKED if f'"{key.partition(".")[2]}"' in code}
    assert [key for key in sorted(set(ASKED) - members - named) if not key.startswith(PUT_TOGETHER)] == []


def test_the_list_and_the_texts_hold_the_same(pack: Pack) -> None:
    for texts in pack.file.texts.values():
        assert {key for key in texts if key.startswith(("say.", "handout."))} == set(ASKED)


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("say.toml", "criterion_harm =", "say.criterion_harm: this text is missing"),
        ("handout.toml", "none_day =", "handout.none_day: this text is missing"),
    ],
)
def test_a_text_that_is_gone_from_every_language_is_told(file: str, line: str, said: str, tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "texts", tmp_path / "texts")
    for language in ("en", "es"):
        path = tmp_path / "texts" / language / file
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = [one for one in lines if not one.startswith(line)]
        assert len(kept) == len(lines) - 1
        path.write_text("".join(kept), "utf-8")
    found = [str(one) for one in problems_in(RESOURCES / "evidence", tmp_path / "texts")]
    assert len(found) == 2
    assert all(said.split(": ", maxsplit=1)[0] in one and "this text is missing" in one for one in found)


def test_a_field_that_nobody_fills_in_is_told(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "texts", tmp_path / "texts")
    for language in ("en", "es"):
        path = tmp_path / "texts" / language / "say.toml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("{anaesthesia}", "{anaesthetic}"), "utf-8")
    found = [str(one) for one in problems_in(RESOURCES / "evidence", tmp_path / "texts")]
    assert len(found) == 2
    assert all("nothing fills in its field “anaesthetic”" in one for one in found)


@pytest.mark.parametrize(
    ("languages", "key", "text", "problem"),
    [
        (("es",), "say.not_benefit", "", "this text is empty"),
        (("es",), "say.against_anaesthesia", "Necesita anestesia.", "its {fields} differ from the English text's"),
        (("en", "es"), "say.against_anaesthesia", "{anaesthesia!r}", "more than the name of a field"),
        (("en", "es"), "say.against_anaesthesia", "{pain}", "nothing fills in its field “pain”"),
        (("en",), "product.product_ryoncil-us.indication", "Cures", "it is not what the product says"),
        (("en",), "target.rodilla.name", "knee", "this text is missing"),
        (("es",), "target.rodilla.name", "rodilla", "this text has no English twin"),
    ],
)
def test_a_text_that_is_wrong_is_told(
    languages: tuple[str, ...], key: str, text: str, problem: str, pack: Pack
) -> None:
    texts = {one: own | ({key: text} if one in languages else {}) for one, own in pack.file.texts.items()}
    found = list(text_faults(msgspec.structs.replace(pack.whole, texts=texts)))
    assert {one[1] for one in found} == {key}
    assert all(problem in one[2] for one in found)


def test_evidence_kept_from_before_a_new_sentence_is_not_used(tmp_path: Path, pack: Pack) -> None:
    """A newer program says something that the evidence brought in under an older one has no words for."""
    texts = {
        language: {key: text for key, text in own.items() if key != "say.not_benefit"}
        for language, own in pack.file.texts.items()
    }
    assert missing_texts(texts) == ["say.not_benefit"]
    payload = encode(msgspec.structs.replace(pack.whole, texts=texts))
    header = Header(
        version=pack.version, date=pack.date, expires=pack.expires, min_program="0.1.0", sha256="0" * 64, size=1
    )
    key = read_key(signing.trust(tmp_path, Ed25519PrivateKey.generate()))
    with pytest.raises(PackError, match=r"it lacks sentences that this program says \(say.not_benefit"):
        reopened(Unsealed(header, payload, key), "a.pack")

from pathlib import Path

import pytest

import phrases
from components import project

HEAD = 'version: "3.1"\nnlu:\n'
BLOCK = "- intent: price\n  metadata:\n    language: ru\n  examples: |\n    - почём хлеб\n"


def write(folder: Path, content: str | bytes, name: str = "some.yml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_phrase_knows_where_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + BLOCK + "    - сколько стоит\n")

    assert phrases.read([path]) == [
        phrases.Phrase("почём хлеб", "price", "ru", path, 7),
        phrases.Phrase("сколько стоит", "price", "ru", path, 8),
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe", "some.yml: not UTF-8"),
        (HEAD + "- intent: [a\n", "some.yml:4: not YAML"),
        ("", "some.yml:1: the file has to begin"),
        ('version: "3.1"\n', "some.yml:1: there is no list under `nlu:`"),
        (HEAD + "- price\n", "some.yml:3: expected `- intent: …`"),
        (HEAD + BLOCK.replace("intent:", "intend:"), "some.yml:3: `intent:` is missing"),
        (HEAD + BLOCK.replace("metadata", "meta"), "some.yml:3: price has no `metadata:`"),
        (HEAD + BLOCK.replace(": ru", ": de"), "some.yml:5: 'de' is none of our languages"),
        (HEAD + BLOCK.replace("    - почём хлеб\n", ""), "some.yml:3: `examples:` is missing"),
        (HEAD + BLOCK + "    сколько\n", "some.yml:8: expected `- ` and a phrase"),
        (HEAD + BLOCK + "    - ...\n", None),
        (HEAD + BLOCK + "    - [хлеб](food)\n", "some.yml:8: phrases hold no brackets"),
    ],
)
def test_a_fault_is_named_by_file_and_line(
    tmp_path: Path, content: str | bytes, fault: str | None
) -> None:
    path = write(tmp_path, content)
    if fault is None:
        assert len(phrases.read([path])) == 2
        return
    with pytest.raises(phrases.PhraseFileError) as raised:
        phrases.read([path])

    assert fault in str(raised.value)


def test_one_phrase_under_two_intents_is_a_fault(tmp_path: Path) -> None:
    one = write(tmp_path, HEAD + BLOCK, "one.yml")
    two = write(tmp_path, HEAD + BLOCK.replace("price", "bread").replace("почём", "Почём"), "t.yml")

    with pytest.raises(phrases.PhraseFileError, match=r"t\.yml:7: .* stands under price too"):
        phrases.read([one, two])


def test_the_real_phrases_have_no_fault() -> None:
    read = phrases.read(project.phrase_files())

    assert {phrase.tag for phrase in read} == {"ru", "kk", "uz-Latn", "uz-Cyrl", "tg", "ky"}


def test_the_domain_names_the_intents_of_the_phrases() -> None:
    import yaml

    domain = yaml.safe_load((project.NLU / "domain.yml").read_text(encoding="utf-8"))

    assert set(domain["intents"]) == {
        phrase.intent for phrase in phrases.read(project.phrase_files())
    }

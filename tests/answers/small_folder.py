"""A small answers folder that is right in every way, to be broken in one way by each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = """\
status: draft
approved_by:
checked_on: 2026-11-22
check_again_by: 2027-02-20
facts: [rent-kz-01]
sources:
  - title: A law
    url: https://law.example/1
    date: 2025-09
related: [deposit]
handoff: offer
"""

RUSSIAN = """\
---
question: Сколько стоит комната?
short: Цена комнаты
---
# everyone
Около **100** монет.

# more
Дом, 2 этаж: [страница](https://law.example/1).
"""

UZBEK = """\
---
question: Xona qancha turadi?
short: Xona narxi
---
# everyone
Taxminan **100** tanga.

# more
Uy, 2-qavat: [sahifa](https://law.example/1).
"""

TOPICS = """\
- name: housing
  emoji: 🏠
  titles: {kk: Үй, ru: Жильё, uz: Uy, uz_Cyrl: Уй, tg: Хона, ky: Үй}
  intents: [rent, deposit]
"""

CENTRES = """\
services:
  emergency: life at risk
centres:
  - id: hot-100
    names:
      ru: Линия 100
    kind: hotline
    city:
    phones: ['100']
    hours: 24/7
    languages: [ru]
    services: [emergency]
    citizenships: [any]
    source: https://line.example
    source_date: '2026'
    confidence: high
"""

FACTS = """\
intents:
  rent:
  - id: rent-kz-01
    volatile: true
    confidence: high
    sources:
    - title: A law
      url: https://copy.example/1
      official_url: https://law.example/1/
  - id: rent-kz-02
    volatile: false
    confidence: low
    sources: unsourced
  - id: rent-kz-03
    volatile: false
    confidence: medium
    sources:
    - title: A law
      url: https://law.example/1
"""


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def edit(path: Path, old: str, new: str) -> None:
    """Replaces a text that must be there once."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, (old, content)
    write(path, content.replace(old, new))

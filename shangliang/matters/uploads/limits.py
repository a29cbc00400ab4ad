"""How much a file may weigh and unfold to: data, so that an organ may set its own."""

from dataclasses import dataclass

KB = 1024
MB = 1024 * KB


@dataclass(frozen=True)
class Limits:
    """The bounds of one upload; the defaults are those of the security page of the design."""

    bytes: int = 20 * MB
    files_per_matter: int = 20
    bytes_per_person: int = 500 * MB

    entries: int = 2_000
    unpacked: int = 100 * MB
    ratio: int = 100

    pixels: int = 40_000_000
    pdf_objects: int = 200_000
    text_characters: int = 200_000

    memory: int = 512 * MB
    cpu_seconds: int = 20
    wall_seconds: int = 40


STANDARD = Limits()

"""Files that are no documents, or of formats that are not read: what they are, in words."""

from __future__ import annotations

#: Suffixes of program code, which is text by its content.
CODE = frozenset(
    f".{suffix}"
    for line in (
        "py pyi js mjs cjs ts tsx jsx css scss sass less sh bash zsh bat cmd ps1 c h cc cpp cxx",
        "hpp java kt kts scala go rs rb php pl pm r jl sql lua swift cs fs vb m mm dart ex exs",
        "erl hs clj lisp el asm s cmake gradle mk tf map ipynb",
    )
    for suffix in line.split()
)
_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: (where, the bytes there, what the file is)
_MARKS = (
    (0, b"\x89PNG", "an image"),
    (0, b"\xff\xd8\xff", "an image"),
    (0, b"GIF8", "an image"),
    (0, b"II*\0", "an image"),
    (0, b"MM\0*", "an image"),
    (0, b"BM", "an image"),
    (8, b"WEBP", "an image"),
    (8, b"WAVE", "a sound"),
    (8, b"AVI ", "a video"),
    (4, b"ftyp", "a video or sound"),
    (0, b"ID3", "a sound"),
    (0, b"\xff\xfb", "a sound"),
    (0, b"OggS", "a sound"),
    (0, b"fLaC", "a sound"),
    (0, b"\x1aE\xdf\xa3", "a video"),
    (0, b"\0\x01\0\0\0", "a font"),
    (0, b"OTTO", "a font"),
    (0, b"wOF", "a font"),
    (0, b"MZ", "a program"),
    (0, b"\x7fELF", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"\x1f\x8b", "a compressed file"),
    (0, b"BZh", "a compressed file"),
    (0, b"\xfd7zXZ", "a compressed file"),
    (0, b"7z\xbc\xaf", "an archive"),
    (0, b"Rar!", "an archive"),
    (257, b"ustar", "an archive"),
)
_DO = {
    "an archive": "unpack it",
    "a compressed file": "unpack it",
    "a database": "deliver its tables as CSV",
}


def reason(content: bytes) -> str:
    """Why the content of a file is not read, and what to do."""
    if content.startswith(_OFFICE):
        return _office(content)
    for at, mark, what in _MARKS:
        if content[at : at + len(mark)] == mark:
            return f"is {what}, no document; {_DO.get(what, 'deliver its text')}"
    return "the content is of no known format; convert it to PDF or plain text"


def _office(content: bytes) -> str:
    """What an office file of the kind before 2007, or an encrypted one, is."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "is encrypted with a password; save a copy without one"
    for stream, what, do in (
        ("WordDocument", "a Word file of the kind before 2007", "save it as DOCX"),
        ("PowerPoint Document", "slides of the kind before 2007", "save them as PPTX"),
        ("__substg1.0", "an Outlook message", "save it as EML"),
    ):
        if stream.encode("utf-16-le") in content:
            return f"is {what}; {do}"
    return "is an office file of the kind before 2007; save it in a newer one"

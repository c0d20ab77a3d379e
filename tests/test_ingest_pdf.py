"""What a reader of a PDF gets: its words in their order, tables as rows, and no other text."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.extract import read
from pipeline.ingest.pdf.pieces import pieces
from pipeline.ingest.pdf.words import Word
from pipeline.records import Document, Rejected
from tests.typeset import FONT, SIZE, Paint, broken, column, columns, pdf, picture, table

STORY = (
    "The harbour town of Varna and the river city of Linz keep an old acquaintance alive. Every "
    "second spring a delegation of gardeners, librarians and firefighters travels upstream, and "
    "every other autumn the orchestra of the conservatory returns the compliment. Municipal "
    "archives mention extraordinary administrative correspondence about exhibitions, apprentice "
    "exchanges and international competitions. Councillors remember particularly the celebration "
    "of the anniversary, when representatives of neighbouring municipalities congratulated both "
    "mayors. Since then the partnership committee publishes a comprehensive newsletter about "
    "environmental education, transportation planning and intercultural understanding. "
)
TOP = A4[1] - 80


def text_of(path: Path) -> str:
    found = read(path, path.name)
    assert isinstance(found, Document), found
    return found.text


def document(path: Path) -> Document:
    found = read(path, path.name)
    assert isinstance(found, Document), found
    return found


def rows_of(path: Path) -> list[list[str]]:
    found = document(path)
    return [
        [found.text[a:b] for a, b in block.cells] for block in found.blocks if block.kind == "row"
    ]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_columns_are_read_one_after_the_other_with_their_words_joined(
    tmp_path: Path, count: int
) -> None:
    story = " ".join([STORY] * 4)
    path = pdf(tmp_path / "columns.pdf", columns(story, count))
    assert " ".join(text_of(path).split()) == " ".join(story.split())


def test_columns_that_the_file_holds_line_by_line_are_read_one_after_the_other(
    tmp_path: Path,
) -> None:
    """As programs print that paint a page from its top to its bottom."""
    lines = list(broken(STORY * 3, 240))
    half = len(lines) // 2

    def paint(canvas: Canvas) -> None:
        for index in range(half):
            column(canvas, lines[index : index + 1], 40, TOP - 11 * index)
            column(canvas, lines[half + index : half + index + 1], 310, TOP - 11 * index)

    text = text_of(pdf(tmp_path / "interleaved.pdf", paint))
    assert "keep an old acquaintance alive" in text
    assert "mentionextra" not in text
    assert text.index("harbour town") < text.index("intercultural understanding")


@pytest.mark.parametrize("size", [6.5, 8.0, 10.0])
def test_tight_type_keeps_its_spaces(tmp_path: Path, size: float) -> None:
    def paint(canvas: Canvas) -> None:
        text = canvas.beginText(40, TOP)
        text.setFont(FONT, size)
        # LaTeX lets a space shrink to a sixth of the size
        text.setWordSpace(-0.08 * size)
        for line in broken(STORY, 400, size):
            text.textLine(line)
        canvas.drawText(text)

    text = text_of(pdf(tmp_path / "tight.pdf", paint))
    assert " ".join(text.split()) == STORY.strip()


def test_type_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for shift in (0, 0.4):
            canvas.drawString(60 + shift, 700, "Twinned with Osijek since 2011")
        canvas.setFont("Courier", 12)
        for index, letter in enumerate("Signed in 1994"):
            for shift in (0, 0.4):
                canvas.drawString(60 + 7.2 * index + shift, 660, letter)

    text = text_of(pdf(tmp_path / "bold.pdf", paint))
    assert text.split("\n") == ["Twinned with Osijek since 2011", "Signed in 1994"]


def test_letters_set_apart_make_words(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        text.setFont("Helvetica-Bold", 14)
        text.setCharSpace(7)
        text.textLine("TWIN")
        text.setCharSpace(0)
        canvas.drawText(text)
        canvas.setFont(FONT, 11)
        for line, y in (("P A R T N E R   T O W N S", 650), ("Linz and Varna are partners.", 600)):
            canvas.drawString(60, y, line)

    text = text_of(pdf(tmp_path / "apart.pdf", paint))
    assert "PARTNER TOWNS" in text
    assert "Linz and Varna are partners." in text


def test_padding_within_a_word_is_no_space(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        x = 60.0
        for part, gap in (
            ("The ", 0.0),
            ("town ", 0.0),
            ("of ", 0.0),
            ("Kikin ", -3.0),
            ("da ", 0.0),
            ("has ", 0.0),
            ("a ", 0.0),
            ("partner.", 0.0),
        ):
            canvas.drawString(x, 700, part)
            x += canvas.stringWidth(part, FONT, 12) + gap

    assert "town of Kikinda has" in text_of(pdf(tmp_path / "padding.pdf", paint))


def test_figures_of_notes_belong_to_no_year_and_no_name(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        text = canvas.beginText(60, 700)
        for part, raised in (
            ("Linz became a partner of Varna in 1983", False),
            ("3", True),
            (" and of Coburg", False),
            ("1", True),
            (" in 1991; the park has 40 m", False),
            ("2", True),
            (".", False),
        ):
            text.setFont(FONT, 7 if raised else 11)
            text.setRise(4 if raised else 0)
            text.textOut(part)
        canvas.drawText(text)

    found = document(pdf(tmp_path / "figures.pdf", paint))
    assert "19833" not in found.text
    assert "Coburg1" not in found.text
    assert re.search(r"1983(?!\d)", found.text)
    assert "m²" in found.text


def test_notes_stand_after_the_sentence_that_they_interrupt(tmp_path: Path) -> None:
    story = STORY * 6
    lines = list(broken(story, 420, 11))
    cut = 45

    def first(canvas: Canvas) -> None:
        column(canvas, lines[:cut], 60, TOP, 420, 11)
        column(canvas, ["1 The treaty of 1968 with Pécs was never printed."], 60, 90, size=8)

    def second(canvas: Canvas) -> None:
        column(canvas, lines[cut:], 60, TOP, 420, 11)

    found = document(pdf(tmp_path / "notes.pdf", first, second))
    notes = [b for b in found.blocks if b.kind == "note"]
    assert [found.text[b.start : b.end] for b in notes] == [
        "1 The treaty of 1968 with Pécs was never printed."
    ]
    assert found.page_at(notes[0].start) == 1
    body = found.text.replace("1 The treaty of 1968 with Pécs was never printed.", "")
    assert " ".join(body.split()) == " ".join(story.split())


def test_what_no_reader_sees_is_no_text(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        canvas.drawString(60, 760, "Linz and Varna are twin towns since 1979, says the register.")
        canvas.setFillGray(1)
        canvas.drawString(60, 740, "Paris and Graz are twin towns in white.")
        canvas.setFillGray(0)
        text = canvas.beginText(60, 720)
        text.setTextRenderMode(3)
        text.textOut("Paris and Pula are twin towns invisibly.")
        text.setTextRenderMode(0)
        canvas.drawText(text)
        canvas.drawString(60, -40, "Paris and Bergen are twin towns below the page.")
        canvas.drawString(60, 640, "Paris and Porto are twin towns behind a box.")
        canvas.setFillGray(0.4)
        canvas.rect(50, 630, 400, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(60, 640, "White on grey: Linz signed in 1979.")

    found = document(pdf(tmp_path / "hidden.pdf", paint))
    assert "Paris" not in found.text
    assert "twin towns since 1979" in found.text
    assert "White on grey: Linz signed in 1979." in found.text
    assert [n.check for n in found.raw.notices] == ["hidden_text_left_out"]


def test_text_painted_anew_over_the_ground_that_covers_it_is_read(tmp_path: Path) -> None:
    """As spreadsheets print whose rows overlap."""

    def paint(canvas: Canvas) -> None:
        for line, shift in (("Linz and Varna since 1979", 0.0), ("Graz and Pula since 1990", 0.3)):
            y = 700 - 100 * shift
            canvas.setFont(FONT, 12)
            canvas.drawString(60, y, line)
            canvas.setFillGray(0.9)
            canvas.rect(50, y - 8, 300, 24, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(60 + shift, y, line)
        canvas.drawString(60, 600, "Brno and Kobe since 2001")
        hole = canvas.beginPath()
        hole.rect(50, 500, 300, 60)
        canvas.clipPath(hole, stroke=0, fill=0)
        canvas.setFillGray(0.9)
        canvas.rect(0, 400, 400, 300, stroke=0, fill=1)

    text = text_of(pdf(tmp_path / "anew.pdf", paint))
    assert text.split("\n") == [
        "Linz and Varna since 1979",
        "Graz and Pula since 1990",
        "Brno and Kobe since 2001",
    ]


def test_figures_hidden_within_a_year_are_none_of_it(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        text = canvas.beginText(60, 760)
        text.setFont(FONT, 12)
        for part, mode in (("Linz and Varna are partners since 19", 0), ("99", 3), ("76.", 0)):
            text.setTextRenderMode(mode)
            text.textOut(part)
        canvas.drawText(text)

    assert "1999" not in text_of(pdf(tmp_path / "year.pdf", paint))


def test_sentence_of_a_short_page_goes_on_over_its_number(tmp_path: Path) -> None:
    halves = ("Since 1987 the town of Kaarst has been twinned", "with La Madeleine in France.")

    def page(number: int) -> Paint:
        def paint(canvas: Canvas) -> None:
            column(canvas, ["Yearbook of the towns"], 60, 815)
            column(canvas, [halves[number - 1]], 60, 700)
            column(canvas, [str(number)], 280, 30)

        return paint

    assert " ".join(halves) in text_of(pdf(tmp_path / "short.pdf", page(1), page(2)))


def test_layer_behind_the_picture_of_a_scan_is_its_text(tmp_path: Path) -> None:
    from tests.typeset import images

    def story(canvas: Canvas) -> None:
        column(canvas, list(broken(STORY, 420, 11)), 60, TOP, size=11)

    plain = pdf(tmp_path / "plain.pdf", story)
    layered = pdf(tmp_path / "layered.pdf", picture(images(plain, 50)[0], before=story))
    found = document(layered)
    assert " ".join(found.text.split()) == STORY.strip()
    assert [n.check for n in found.raw.notices] == ["recognised_layer_used"]


@pytest.mark.parametrize("rules", [True, False])
def test_rows_of_a_table_keep_their_cells_under_the_heads(tmp_path: Path, rules: bool) -> None:
    data = [
        ["Partner town", "Country", "Since"],
        ["Graz", "Austria", "1989"],
        ["Novi Sad", "Serbia", "2003"],
        ["Pécs", "Hungary", "1967"],
        ["Lublin", "Poland", "2011"],
    ]

    def paint(canvas: Canvas) -> None:
        column(canvas, ["Our partners are listed below, with the year of the agreement."], 60, 780)
        table(canvas, data, (60, 200, 320, 400), 740, rules)
        column(canvas, ["The list was last changed in the spring of this year."], 60, 560)

    path = pdf(tmp_path / "table.pdf", paint)
    assert rows_of(path) == data
    found = document(path)
    graz = next(b for b in found.blocks if found.text[b.start : b.end].startswith("Graz"))
    assert found.columns(graz) == ("Partner town", "Country", "Since")


def test_one_row_over_several_lines_is_one_row(tmp_path: Path) -> None:
    data = [
        ["Town", "Fields of cooperation", "Since"],
        ["Graz", "libraries, gardens and the\ntraining of firefighters", "1989"],
        ["Novi Sad", "markets", "2003"],
        ["Pécs", "music schools and the\nfestival of choirs", "1967"],
    ]
    flat = [[cell.replace("\n", " ") for cell in row] for row in data]

    def paint(canvas: Canvas) -> None:
        table(canvas, data, (60, 160, 340, 400), 740, rules=False, step=24)

    assert rows_of(pdf(tmp_path / "lines.pdf", paint)) == flat

    def ruled(canvas: Canvas) -> None:
        table(canvas, data, (60, 160, 280, 400), 740, rules=True)

    assert rows_of(pdf(tmp_path / "ruled.pdf", ruled)) == flat


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_rules_of_a_turned_table_part_its_rows(tmp_path: Path, quarters: int) -> None:
    data = [
        ["Town", "Fields of cooperation", "Since"],
        ["Graz", "libraries, gardens and the\nTraining of firefighters", "1989"],
        ["Novi Sad", "markets\nSports", "2003"],
        ["Pécs", "music schools", "1967"],
    ]

    def paint(canvas: Canvas, at_once: bool) -> None:
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(90 * quarters)
        xs = (-200, -100, 20, 80)
        table(canvas, data, xs, 100, rules=not at_once)
        if at_once:
            path = canvas.beginPath()
            for y in (100, 82, 53, 24, 6):
                path.moveTo(xs[0], y)
                path.lineTo(xs[-1], y)
            for x in xs:
                path.moveTo(x, 100)
                path.lineTo(x, 6)
            canvas.drawPath(path)

    for at_once in (False, True):
        path = pdf(tmp_path / "turned.pdf", lambda canvas, once=at_once: paint(canvas, once))
        assert rows_of(path)[1:] == [
            ["Graz", "libraries, gardens and the Training of firefighters", "1989"],
            ["Novi Sad", "markets; Sports", "2003"],
            ["Pécs", "music schools", "1967"],
        ]


def test_heading_among_the_rows_is_a_row_and_no_part_of_a_name(tmp_path: Path) -> None:
    data = [
        ["Town", "Country", "Since"],
        ["EUROPE", "", ""],
        ["Graz", "Austria", "1989"],
        ["Novi Sad", "Serbia", "2003"],
        ["Pécs", "Hungary", "1967"],
        ["ASIA", "", ""],
        ["Harbin", "China", "1999"],
        ["Kobe", "Japan", "2001"],
    ]

    def paint(canvas: Canvas) -> None:
        table(canvas, data, (60, 200, 320, 400), 740, rules=False)

    assert rows_of(pdf(tmp_path / "heading.pdf", paint)) == data


def test_level_rules_alone_part_rows_of_several_lines(tmp_path: Path) -> None:
    data = [
        ["Town", "Fields of cooperation", "Since"],
        ["Graz", "libraries, gardens and the\nTraining of firefighters", "1989"],
        ["Novi Sad", "markets\nSports", "2003"],
        ["Pécs", "music schools", "1967"],
        ["Linz", "ports and the summer\nAcademy of choirs", "1979"],
    ]

    def paint(canvas: Canvas) -> None:
        xs = (60, 160, 340, 400)
        table(canvas, data, xs, 740, rules=False)
        for y in (740, 722, 693, 664, 646, 617):
            canvas.line(xs[0], y, xs[-1], y)

    assert rows_of(pdf(tmp_path / "level.pdf", paint))[1:] == [
        ["Graz", "libraries, gardens and the Training of firefighters", "1989"],
        ["Novi Sad", "markets; Sports", "2003"],
        ["Pécs", "music schools", "1967"],
        ["Linz", "ports and the summer Academy of choirs", "1979"],
    ]


def test_table_beside_a_column_of_text_has_none_of_it(tmp_path: Path) -> None:
    data = [["Town", "Since"], ["Graz", "1989"], ["Linz", "1979"], ["Varna", "1981"]]

    def paint(canvas: Canvas) -> None:
        column(canvas, list(broken(STORY * 2, 220, 10)), 40, TOP, 220, 10)
        table(canvas, data, (310, 420, 520), TOP, rules=False, step=15)

    path = pdf(tmp_path / "beside.pdf", paint)
    assert rows_of(path) == data
    assert " ".join((STORY * 2).split()) in " ".join(text_of(path).split())


@pytest.mark.parametrize("signs", ["–––", "•••", ["1.", "2.", "3."], ["a)", "b)", "c)"]])
def test_signs_of_a_list_make_no_column(tmp_path: Path, signs: str | list[str]) -> None:
    items = [
        "Apprentices in the metal trades travel between the harbour and the river every spring",
        "Choirs",
        "Libraries and archives of both towns, which print an almanac about their history",
    ]

    def paint(canvas: Canvas) -> None:
        y = TOP
        for sign, item in zip(signs, items, strict=True):
            column(canvas, [sign], 60, y, size=10)
            y = column(canvas, list(broken(item, 300, 10)), 90, y, size=10)

    path = pdf(tmp_path / "signs.pdf", paint)
    assert rows_of(path) == []
    found = document(path)
    assert [found.text[b.start : b.end] for b in found.blocks] == [
        f"{sign} {item}" for sign, item in zip(signs, items, strict=True)
    ]


def test_table_over_pages_is_one_table_with_one_head(tmp_path: Path) -> None:
    head = ["Partner town", "Country", "Since"]
    data = [[f"Town {chr(65 + i)}", "Austria", str(1950 + i)] for i in range(20)]

    def page(rows: list[list[str]]) -> object:
        def paint(canvas: Canvas) -> None:
            table(canvas, [head, *rows], (60, 200, 320, 400), 740, rules=True)

        return paint

    path = pdf(tmp_path / "pages.pdf", page(data[:10]), page(data[10:]))  # type: ignore[arg-type]
    assert rows_of(path) == [head, *data]
    found = document(path)
    last = [b for b in found.blocks if b.kind == "row"][-1]
    assert found.columns(last) == tuple(head)


def test_running_heads_are_no_text_of_the_page_and_lists_are_no_running_heads(
    tmp_path: Path,
) -> None:
    def page(number: int) -> object:
        def paint(canvas: Canvas) -> None:
            column(canvas, [f"Bulletin of the Association   {number}"], 60, 815)
            column(canvas, list(broken(STORY, 400)), 60, 700 - 10 * number)
            column(canvas, [f"Page {number} of 3"], 280, 30)

        return paint

    found = document(pdf(tmp_path / "heads.pdf", *map(page, (1, 2, 3))))  # type: ignore[arg-type]
    told = [found.text[b.start : b.end] for b in found.blocks if b.kind != "furniture"]
    assert not any("Bulletin" in text or "Page" in text for text in told)
    assert sum("harbour town" in text for text in told) == 3

    def listing(canvas: Canvas) -> None:
        lines = [f"Partner {1960 + i}" for i in range(60)]
        column(canvas, lines, 60, A4[1] - 40, size=10)

    found = document(pdf(tmp_path / "list.pdf", listing))
    assert "Partner 1960" in found.text
    assert "Partner 2019" in found.text
    assert not any(b.kind == "furniture" for b in found.blocks)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_pages_and_text_are_read_upright(tmp_path: Path, quarters: int) -> None:
    def turned(canvas: Canvas, wide: float = A4[0], high: float = A4[1]) -> None:
        canvas.translate(wide / 2, high / 2)
        canvas.rotate(90 * quarters)
        column(canvas, list(broken(STORY, 380, 11)), -190, 200, size=11)

    assert " ".join(text_of(pdf(tmp_path / "text.pdf", turned)).split()) == STORY.strip()

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90 * quarters)
        turned(canvas, *(reversed(A4) if quarters % 2 else A4))

    assert " ".join(text_of(pdf(tmp_path / "page.pdf", page)).split()) == STORY.strip()


@pytest.mark.parametrize(
    ("font", "lines"),
    [
        (
            "HeiseiMin-W3",
            [
                "横浜市は千九百七十八年に",
                "上海市と友好都市になった。",
                "両市の交流は今も続いている。",
            ],
        ),
        (
            "STSong-Light",
            ["重庆市与明斯克州于二零一七年", "结为友好城市，双方在工业和", "教育领域开展合作。"],
        ),
    ],
)
def test_vertical_and_level_east_asian_lines_join_without_spaces(
    tmp_path: Path, font: str, lines: list[str]
) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(font))

    def vertical(canvas: Canvas) -> None:
        canvas.setFont(font, 14)
        for index, line in enumerate(lines):
            for place, character in enumerate(line):
                canvas.drawString(400 - 22 * index, 700 - 15 * place, character)

    def level(canvas: Canvas) -> None:
        column(canvas, lines, 60, 700, size=14, font=font)

    for paint in (vertical, level):
        path = pdf(tmp_path / f"{paint.__name__}.pdf", paint)
        if not pypdfium2.PdfDocument(path)[0].get_textpage().count_chars():
            pytest.skip(f"no East Asian font on this machine: pdfium reads {font} with it")
        text = text_of(path)
        assert "".join(text.split()) == "".join(lines)
        assert " " not in text


def test_pages_side_by_side_are_read_one_after_the_other(tmp_path: Path) -> None:
    lines = list(broken(STORY * 3, 330, 10))
    half = len(lines) // 2

    def spread(canvas: Canvas) -> None:
        column(canvas, lines[half:], 460, 520, 330, 10)
        column(canvas, lines[:half], 40, 520, 330, 10)

    text = text_of(pdf(tmp_path / "spread.pdf", spread, size=landscape(A4)))
    assert " ".join(text.split()) == " ".join((STORY * 3).split())


def test_box_beside_the_text_stands_in_no_sentence(tmp_path: Path) -> None:
    lines = list(broken(STORY * 2, 330, 10))
    box = list(broken("In brief: the archive is open on Tuesdays and closed in August.", 120, 8))

    def paint(canvas: Canvas) -> None:
        column(canvas, lines, 40, TOP, 330, 10)
        canvas.rect(395, TOP - 150, 140, 160)
        column(canvas, box, 405, TOP, size=8)

    text = " ".join(text_of(pdf(tmp_path / "box.pdf", paint)).split())
    assert " ".join((STORY * 2).split()) in text
    assert "In brief: the archive is open on Tuesdays and closed in August." in text


def test_paragraphs_and_lists_stay_apart(tmp_path: Path) -> None:
    towns = ["Graz, Austria, 1989", "Novi Sad, Serbia, 2003", "Pécs, Hungary, 1967"]

    def paint(canvas: Canvas) -> None:
        y = column(canvas, list(broken(STORY, 420, 11)), 60, TOP, size=11)
        y = column(canvas, list(broken(STORY, 420, 11)), 60, y - 14, size=11)
        column(canvas, towns, 60, y - 20, size=11)

    found = document(pdf(tmp_path / "paragraphs.pdf", paint))
    told = [found.text[b.start : b.end] for b in found.blocks]
    assert told == [STORY.strip(), STORY.strip(), *towns]


def test_encrypted_and_damaged_files_say_so(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = tmp_path / "locked.pdf"
    canvas = Canvas(str(locked), encrypt=StandardEncryption("secret"))
    canvas.drawString(60, 700, "Linz and Varna")
    canvas.save()
    found = read(locked, locked.name)
    assert isinstance(found, Rejected)
    assert "encrypted" in found.reason

    torn = tmp_path / "torn.pdf"
    torn.write_bytes(b"%PDF-1.7\nnothing of a file")
    found = read(torn, torn.name)
    assert isinstance(found, Rejected)
    assert "damaged" in found.reason


def test_file_that_lost_its_end_is_read(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        column(canvas, list(broken(STORY, 420, 11)), 60, TOP, size=11)

    whole = pdf(tmp_path / "whole.pdf", paint).read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole[: whole.rindex(b"xref")])
    assert "harbour town of Varna" in text_of(cut)


def test_size_is_the_sizes_of_the_text(tmp_path: Path) -> None:
    """Headings are known by their type."""

    def paint(canvas: Canvas) -> None:
        column(canvas, ["Towns that are friends"], 60, TOP + 30, size=18)
        column(canvas, list(broken(STORY * 2, 420, SIZE)), 60, TOP)

    found = document(pdf(tmp_path / "heading.pdf", paint))
    first = found.blocks[0]
    assert (first.kind, found.text[first.start : first.end]) == (
        "heading",
        "Towns that are friends",
    )


def test_initial_is_the_first_letter_of_its_word(tmp_path: Path) -> None:
    lines = list(broken("he town of Linz keeps an acquaintance alive. " + STORY, 400, 10))

    def paint(canvas: Canvas) -> None:
        column(canvas, ["T"], 60, TOP - 20, size=34)
        column(canvas, lines[:2], 82, TOP, 378, 10)
        column(canvas, lines[2:], 60, TOP - 24, 400, 10)

    found = document(pdf(tmp_path / "initial.pdf", paint))
    assert found.text.startswith("The town of Linz keeps an acquaintance alive.")
    assert not any(b.kind == "heading" for b in found.blocks)


def test_watermark_breaks_no_sentence(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(300, 420)
        canvas.rotate(45)
        canvas.setFillGray(0.8)
        canvas.setFont("Helvetica-Bold", 80)
        canvas.drawCentredString(0, 0, "DRAFT COPY")
        canvas.restoreState()
        column(canvas, list(broken(STORY * 3, 420, 11)), 60, TOP, 420, 11)

    found = document(pdf(tmp_path / "watermark.pdf", paint))
    told = [found.text[b.start : b.end] for b in found.blocks if b.kind != "furniture"]
    assert " ".join(" ".join(told).split()) == " ".join((STORY * 3).split())


def test_figures_of_a_formula_stay_in_their_line(tmp_path: Path) -> None:
    def paint(canvas: Canvas) -> None:
        text = canvas.beginText(60, TOP)
        for part, rise, size in (
            ("Linz saved CO", 0, 11),
            ("2", -3, 7),
            (" and 40 km", 0, 11),
            ("2", 4, 7),
            (" of forest.", 0, 11),
        ):
            text.setFont(FONT, size)
            text.setRise(rise)
            text.textOut(part)
        canvas.drawText(text)

    assert text_of(pdf(tmp_path / "formula.pdf", paint)) == "Linz saved CO₂ and 40 km² of forest."


def test_years_stay_in_lines_from_right_to_left() -> None:
    line = "חיפה וברמן חתמו בשנת 1988 על הסכם"
    words, right = [], 500.0
    for text in line.split():
        left = right - 6.0 * len(text)
        words.append(Word(text, left, right, 100.0, 11.0, bold=False, glued=False))
        right = left - 3.0
    assert [part.text for part in pieces(words)] == [line]


def test_number_set_apart_begins_its_paragraph(tmp_path: Path) -> None:
    lines = list(broken(STORY, 400, 11))

    def paint(canvas: Canvas) -> None:
        column(canvas, ["14"], 60, TOP, size=11)
        column(canvas, [lines[0].rsplit(" ", 3)[0]], 96, TOP, size=11)
        first = " ".join([*lines[0].rsplit(" ", 3)[1:], *lines[1:]])
        column(canvas, list(broken(first, 400, 11)), 60, TOP - 13.2, 400, 11)

    found = document(pdf(tmp_path / "number.pdf", paint))
    (block,) = found.blocks
    assert found.text[block.start : block.end].startswith("14 The harbour town of Varna")


def test_rule_parts_what_stands_above_it_from_what_stands_below(tmp_path: Path) -> None:
    above = "The contract with Pécs and with all of the other partner towns takes effect on"

    def paint(canvas: Canvas) -> None:
        column(canvas, [above, "the first of May"], 60, TOP, size=10)
        canvas.rect(55, TOP - 30, 400, 14)
        column(canvas, ["the town of Linz pays for the journey"], 60, TOP - 26, size=10)

    found = document(pdf(tmp_path / "rule.pdf", paint))
    assert [found.text[b.start : b.end] for b in found.blocks] == [
        f"{above} the first of May",
        "the town of Linz pays for the journey",
    ]


def test_stretched_lines_hold_together(tmp_path: Path) -> None:
    """Two gaps of a line may be as wide as a column's; more room stands between sentences."""
    lines = ["Linz, where gardeners", "read it aloud. The choir of Pula"]

    def paint(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        for index, line in enumerate(lines):
            x = 60.0
            for word in line.split():
                canvas.drawString(x, TOP - 12 * index, word)
                gap = 15.0 if index == 0 else 13.0 if word.endswith(".") else 5.5
                x += canvas.stringWidth(word, FONT, 10) + gap
        column(canvas, ["sang until the morning came."], 60, TOP - 24, size=10)

    found = read(pdf(tmp_path / "stretched.pdf", paint), "stretched.pdf")
    assert isinstance(found, Document)
    assert [found.raw.text[a.start : a.end] for a in found.raw.lines if a.end > a.start][
        :2
    ] == lines


def test_lines_that_are_level_in_all_cells_are_rows(tmp_path: Path) -> None:
    """As in tables that have rules below the head and around all else."""
    data = [
        ["Town", "Country", "Since"],
        ["Graz", "Austria", "1989"],
        ["Novi Sad", "Serbia", "2003"],
        ["Pécs", "", "1967"],
        ["Lublin", "Poland", "2011"],
    ]

    def paint(canvas: Canvas) -> None:
        table(canvas, data, (60, 200, 320, 400), 740, rules=False, step=16)
        for x in (60, 200, 320, 400):
            canvas.line(x, 740, x, 660)
        for y in (740, 724, 660):
            canvas.line(60, y, 400, y)

    assert rows_of(pdf(tmp_path / "light.pdf", paint)) == data


def test_shade_behind_a_column_hides_no_other(tmp_path: Path) -> None:
    data = [["Town", "Country", "Since", "Members"]] + [
        [f"Town {chr(65 + i)}", "Austria", str(1960 + i), str(12 * i + 30)] for i in range(8)
    ]

    def paint(canvas: Canvas) -> None:
        canvas.rect(55, 740 - 18 * 9, 400, 18 * 9)
        for index in range(9):
            canvas.setFillGray(0.9)
            canvas.rect(315, 722 - 18 * index, 60, 18, stroke=0, fill=1)
            canvas.setFillGray(0)
        table(canvas, data, (60, 200, 320, 400), 740, rules=False)

    assert rows_of(pdf(tmp_path / "shade.pdf", paint)) == data


def test_shade_behind_each_line_of_a_cell_parts_none(tmp_path: Path) -> None:
    data = [
        ["Town", "Year of the\nagreement", "Members"],
        ["Graz", "1989", "120"],
        ["Linz", "1979", "80"],
    ]

    def paint(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        for y in (725, 714):
            canvas.rect(161, y, 118, 11, stroke=0, fill=1)
        canvas.setFillGray(0)
        table(canvas, data, (60, 160, 280, 400), 740, rules=True)

    rows = rows_of(pdf(tmp_path / "shade.pdf", paint))
    assert rows == [[cell.replace("\n", " ") for cell in row] for row in data]

"""Draw the PDF documents of `raw/`, byte-identical on every run."""

from __future__ import annotations

from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

RAW = Path(__file__).resolve().parents[1] / "raw"
FONT = "Times-Roman"
SIZE = 11
LEADING = 13
LEFT = 72
TOP = A4[1] - 90
LINES_PER_PAGE = 50
TAB_WIDTH = 130

PAPER_HEAD = "Journal of Regional Studies, vol. 18, no. 2, 2023"
PAPER = """\
Regional ties and built heritage: a Belarusian-style town in southwest China
A. Karpovich and L. Zheng

Abstract

This paper looks at how partnerships between regional governments are carried into build-
ing schemes. It follows a single case, the Belarusian-style town in Yubei District, Chong-
qing, from the investment agreement to the last stage of construction, and sets it beside
the political and commercial relations of the two countries. The case shows that cooper-
ation between regions can give a lasting form to relations that are otherwise known mainly
through statements and trade figures.

Introduction

Relations between states are often carried forward by the regions that lie in them. Chong-
qing Municipality and Minsk Oblast established friendship city-oblast relations in 2017
[1], and delegations from both sides have since met on industry, education and culture. In
2022 Belarus and China upgraded their bilateral relations to an all-weather comprehensive
strategic partnership [2], a step that gave new weight to projects already under way in
the regions.

Commerce has grown alongside diplomacy. At the end of 2021 trade between Belarus and China
had reached nearly $5.9 billion, an increase of about 8.7% [3]. Much of this passes along
the rail routes that join Chongqing to Europe by way of Belarus, and for this reason the
municipality has a direct interest in closer cooperation with Minsk Oblast. Freight alone,
however, does little to make one people known to another. Architecture, food and festivals
reach a wider public, and it is on these that the project described here depends.

Earlier writing on themed towns in China has dealt mostly with housing estates that borrow
the look of western European streets [4]. Few of those estates came out of an agreement
between regional governments, and fewer still were planned with advice from architects of
the country whose buildings they took as a model. The present case differs on both counts.

Results

The Belarusian-style town project in Yubei District, Chongqing, was initiated in 2019
under an investment agreement [5]. It was launched in 2020, and its main construction was
completed in 2021. The whole is expected to be completed in December 2023. The project has
a land area of about 607 hectares and a construction area of about 60,000 square meters.

The plan groups the buildings round a central square, with streets that lead to farmland
and woods on the slopes above. Facades follow models from several Belarusian towns: ren-
dered walls in pale colours, steep roofs and timber details. Inside are shops, small guest
rooms, an exhibition hall and workshops for linen, straw and glass. Some four fifths of
the land stays open and goes on being farmed by the villagers who held it before.

The project serves three programmes at once. As a place of exchange between two countries
it belongs to the Belt and Road Initiative. As a source of work for nearby villages it
answers to the Rural Revitalization Strategy. On the Belarusian side it is in keeping with
the 2035 National Sustainable Development Strategy, which calls for a larger export of
services, among them design and tourism [6].

Interviews with shopkeepers and villagers point to two concerns. The first is the number
of visitors outside the holiday weeks. The second is the supply of Belarusian goods, which
depends on the freight schedule and on customs clearance. Both were named more often than
the cost of rent, and both were thought likely to ease once the last stage is finished.

Conclusions

The friendship between Chongqing and Minsk Oblast has moved from a signed text to a place
that can be walked through. The town was built quickly, and its larger purpose is still to
be tested: it will be judged by whether people come back, and by whether the villages
around it gain. Later work should count visitors over at least two full years and should
ask how far the rise in bilateral trade is felt by the firms that work in the town.

REFERENCES

[1] V. Lisouski, "Regions as partners: the foreign ties of Minsk Oblast," Regional Review,
vol. 12, no. 3, pp. 41-52, Minsk, 2018.
[2] Y. Han and P. Orlov, "From partnership to all-weather partnership," Eurasian Affairs,
vol. 7, no. 1, pp. 5-19, Beijing, January 2023.
[3] N. Bury, "Trade flows in 2021: a survey," External Trade Notes, no. 4, pp. 2-11,
Brest, 14 March 2022.
[4] F. Lang, "Borrowed streets," in Proc. Conf. on Urban Form, pp. 210-218, Vienna, 6-8
July 2016.
[5] Q. Deng, "Themed towns and rural land in Yubei," Southwest Planning, vol. 29, no. 2,
pp. 60-71, Chongqing, 2021.
[6] T. Sadovskaya, "Long-range planning to 2035," Economic Bulletin, no. 9, pp. 17-30,
Grodno, September 2020.
"""

PRESS_RELEASE = """\
City of Porto
Press release

Porto, 14 May 2019

Porto and Nagasaki become sister cities

The cities of Porto and Nagasaki signed a sister-city agreement on 14 May 2019 at the City
Hall of Porto. The agreement covers culture, schools, tourism and the care of historic
buildings, and provides for a meeting of both sides once a year.

"Ships from Portugal came to Nagasaki more than four centuries ago," the Mayor of Porto said
after the ceremony. "From today our schools and museums will have a shared programme of work."

The first exchange will bring twenty pupils from Nagasaki to Porto in October. An exhibition
of maps and ceramics will follow in the spring of next year.

Visit to Osaka

In June a delegation from Porto will travel to Osaka for a trade fair. The visit lasts three
days and is meant for firms in the wine and cork trades. No partnership between Porto and
Osaka is planned, and no agreement will be signed there.

Note on Bergen

Some newspapers reported last week that Porto has also become a sister city of Bergen. This
is not correct. Porto and Bergen have no such agreement and are not negotiating one.

Contact: Press Office, City Hall, Porto
"""

ANNUAL_REPORT = """\
City of Graz
Annual report 2022

International relations

In 2022 the office for international relations looked after 14 visiting delegations and took
part in three European projects on public transport, clean air and housing. A youth camp in
August brought 60 young people to the city.

Twin towns

Graz is twinned with:
- Coventry, United Kingdom (1957)
- Pula, Croatia (1972)
- Dubrovnik, Croatia (1994)
- Pécs, Hungary (1989)

Former twin towns:
- Saint Petersburg, Russia (2001, ended in 2022)

Budget

The table shows what the office spent, in thousands of euros.

Item\t2021\t2022
Delegations\t48\t61
Youth exchange\t35\t52
European projects\t120\t134
Publications\t17\t15
Total\t220\t262

Outlook

In 2023 the youth camp will be held again, and the office will move to new rooms in the
Town Hall.
"""


def draw(name: str, title: str, text: str, head: str = "") -> None:
    """Write text line for line to a PDF; a head brings page numbers with it."""
    canvas = Canvas(str(RAW / name), pagesize=A4, invariant=1)
    canvas.setTitle(title)
    lines = text.splitlines()
    for page, start in enumerate(range(0, len(lines), LINES_PER_PAGE), start=1):
        canvas.setFont(FONT, SIZE)
        if head:
            canvas.drawString(LEFT, A4[1] - 50, head)
            canvas.drawCentredString(A4[0] / 2, 40, str(page))
        for row, line in enumerate(lines[start : start + LINES_PER_PAGE]):
            for column, cell in enumerate(line.split("\t")):
                if cell:
                    canvas.drawString(LEFT + column * TAB_WIDTH, TOP - row * LEADING, cell)
        canvas.showPage()
    canvas.save()


def main() -> None:
    """Draw all three documents."""
    rl_config.invariant = 1
    draw("paper-belarus-china.pdf", "Regional ties and built heritage", PAPER, PAPER_HEAD)
    draw("press-release-porto.pdf", "Porto and Nagasaki become sister cities", PRESS_RELEASE)
    draw("annual-report-graz.pdf", "City of Graz: annual report 2022", ANNUAL_REPORT)


if __name__ == "__main__":
    main()

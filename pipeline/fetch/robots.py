"""What a site lets be fetched, by its robots.txt, and how long to wait between two requests."""

from __future__ import annotations

import time
from urllib.robotparser import RobotFileParser

import httpx

from pipeline.fetch.address import Allowed, RefusedError
from pipeline.fetch.get import NAME, StatusError, get

_MOST_BYTES = 512 * 1024
#: No site may make us wait longer.
_LONGEST_DELAY_S = 30.0


class Robots:
    """The rules of the sites of one call, and when each was asked last."""

    def __init__(self, allowed: Allowed, delay_s: float, timeout_s: float) -> None:
        self._allowed, self._delay_s, self._timeout_s = allowed, delay_s, timeout_s
        self._rules: dict[str, RobotFileParser] = {}
        self._asked: dict[str, float] = {}

    def permit(self, url: httpx.URL) -> None:
        """Return when an address may be asked. Raises `RefusedError` where it may not."""
        site = str(url.copy_with(raw_path=b"/"))
        if site not in self._rules:
            self._rules[site] = self._read(url)
        rules = self._rules[site]
        if not rules.can_fetch(NAME, str(url)):
            raise RefusedError("robots.txt of the site forbids it; ask the site, or download it")
        asked = float(rules.crawl_delay(NAME) or 0)
        self._wait(url.host, min(max(self._delay_s, asked), _LONGEST_DELAY_S))

    def _read(self, url: httpx.URL) -> RobotFileParser:
        rules = RobotFileParser()
        place = str(url.copy_with(raw_path=b"/robots.txt"))
        try:
            page = get(place, self._allowed, _MOST_BYTES, self._timeout_s, before=self._pause)
        except StatusError as error:
            if error.status >= httpx.codes.INTERNAL_SERVER_ERROR:
                raise RefusedError(f"robots.txt: {error}; try again later") from None
            # a site without rules
            rules.parse([])
        except RefusedError as error:
            raise RefusedError(f"robots.txt: {error}") from None
        else:
            try:
                rules.parse(page.content.decode("utf-8-sig", "replace").splitlines())
            except ValueError:
                # of a number that is none, or an address: the standard library's parser trusts both
                raise RefusedError("robots.txt cannot be read; ask the site") from None
        return rules

    def _pause(self, url: httpx.URL) -> None:
        self._wait(url.host, self._delay_s)

    def _wait(self, host: str, delay_s: float) -> None:
        ready = self._asked.get(host, float("-inf")) + delay_s
        time.sleep(max(0.0, ready - time.monotonic()))
        self._asked[host] = time.monotonic()

"""Visitors of the journeys: one clicks, one has only a keyboard, one has scripts switched off.

A journey is written once, in what a visitor does (press, pick, choose, type), and made by each of them. What is to be
right after each step is checked here: the same document, a busy mark while it waits, live regions that stay and stay
polite, focus where it should be, and nothing that axe can find.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Locator, Page, expect

from guides import keeping
from tests.test_browser_pages import RULES

WATCH = """
(() => {
    const watch = {started: 0, open: 0, settled: false, busy: [], regions: [], focus: null};
    window.watch = watch;
    watch.begin = () => {
        Object.assign(watch, {started: 0, settled: false, busy: [], focus: null});
        watch.regions = [...document.querySelectorAll('[role=status]')];
    };
    watch.isDone = () => watch.started > 0 && watch.open === 0 && watch.settled;
    watch.report = () => ({
        isBusyMeanwhile: watch.busy.every(Boolean),
        isBusyStill: document.querySelectorAll('[aria-busy=true]').length,
        regionsLost: watch.regions.filter(one => !one.isConnected).length,
        isSaid: watch.regions.some(one => one.textContent.trim() !== ''),
        assertive: document.querySelectorAll('[role=status][aria-live=assertive], main [aria-live=assertive]').length,
        isFocusKept: document.activeElement === watch.focus
            || document.activeElement.id !== '' && document.activeElement.id === watch.focus?.id,
        focus: document.activeElement.outerHTML.slice(0, 200),
    });
    document.addEventListener('htmx:beforeRequest', () => {
        watch.started += 1;
        watch.open += 1;
        watch.settled = false;
    });
    document.addEventListener('htmx:beforeSend', () => {
        watch.busy.push(document.querySelector('[aria-busy=true]') !== null);
    });
    const noteFocus = () => { watch.focus = document.activeElement; };
    watch.noteFocus = noteFocus;
    document.addEventListener('htmx:beforeSwap', noteFocus);
    document.addEventListener('keyup', noteFocus);
    document.addEventListener('htmx:afterRequest', () => { watch.open -= 1; });
    document.addEventListener('htmx:afterSettle', () => { watch.settled = true; });
})()
"""
"""Follows the requests of htmx; runs in each page before the page's own scripts."""

AUDIT = """
async ([whole, contrast, region, known]) => {
    const found = [await axe.run(document, whole)];
    const kind = one => one ? `${kind(one.parentElement)} ${one.tagName}.${one.className}` : '';
    const kinds = new Map();
    for (const one of document.querySelectorAll(`${region}, ${region} *`)) {
        if ([...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.data.trim())) {
            if (!kinds.has(kind(one)) && !known.includes(kind(one))) kinds.set(kind(one), one);
        }
    }
    if (kinds.size) found.push(await axe.run([...kinds.values()], contrast));
    return [[...kinds.keys()], found.flatMap(one => one.violations).flatMap(one => one.nodes.map(
        node => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`))];
}
"""
"""Everything about the page, but contrast, which takes the longest, once for each kind of element in a region."""

WITHOUT_CONTRAST = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
CONTRAST = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast"]}}

AHEAD = """
target => {
    const one = element => element.type === 'radio' && element.name
        ? (element.form ?? document).querySelector(`input[type=radio][name="${element.name}"]`) : element;
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(element => element.tabIndex >= 0 && !element.disabled && element.type !== 'hidden'
            && element.checkVisibility({visibilityProperty: true}) && one(element) === element);
    const here = document.activeElement;
    if (here === target) return 0;
    const wanted = stops.indexOf(one(target));
    if (wanted < 0) return null;
    const at = stops.indexOf(one(here));
    return at === wanted ? 0 : at >= 0 ? wanted - at : wanted + 1;
}
"""
"""How many stops of the Tab key a control is ahead, negative when behind; null when no key leads there."""


DAY_STOPS = 4
"""Stops of the Tab key inside a field for a day."""

TYPING_MS = 60
"""Between two digits of a day, long enough for an answer of the site to come in between."""


class Visitor(ABC):
    """Somebody in front of a page of the running site."""

    has_scripts: ClassVar[bool] = True
    audits: ClassVar[int] = 0

    def __init__(self, page: Page) -> None:
        self.page = page
        self._known_kinds: list[str] = []

    @property
    def keeps_something(self) -> bool:
        """Whether the device holds a key to what is kept."""
        return any(one.get("name") == keeping.cookie_name() for one in self.page.context.cookies())

    # --- Where the visitor is

    def go(self, address: str) -> None:
        """Types an address."""
        self.page.goto(address)

    def follow(self, control: Locator) -> None:
        """Presses what leads to another page."""
        with self.page.expect_event("load"):
            self.press(control)

    def back(self) -> None:
        """Presses the browser's button to go back; the page may be made anew."""
        with self.page.expect_event("load"):
            self.page.go_back()

    def forward(self) -> None:
        """Presses the browser's button to go forward."""
        with self.page.expect_event("load"):
            self.page.go_forward()

    def sees(self, region: str) -> str:
        """What can be read in a part of the page."""
        return self.page.locator(region).inner_text()

    def download(self, control: Locator) -> tuple[str, bytes]:
        """Name and content of the file behind a link."""
        with self.page.expect_download() as started:
            self.press(control)
        return started.value.suggested_filename, Path(started.value.path()).read_bytes()

    # --- What changes in place

    @contextmanager
    def change(self, region: str, *, send: str = "", focus: str = "") -> Iterator[None]:
        """What is done inside changes a part of the page.

        With scripts it is swapped in place, with focus afterwards on ``focus``, or where it was. Without them the
        button called ``send`` sends the form, or the action itself leads to the new page.
        """
        self.page.evaluate("watch.begin()")
        yield
        self.page.wait_for_function("() => watch.isDone()")
        said = self.page.evaluate("watch.report()")
        assert said["isBusyMeanwhile"], "nothing was marked as busy while the visitor waited"
        assert not said["isBusyStill"], "something is marked as busy for ever"
        assert not said["regionsLost"], "a live region was replaced, so nobody hears it"
        assert said["isSaid"], "no live region says what changed"
        assert not said["assertive"], "a live region interrupts"
        if focus:
            expect(self.page.locator(focus)).to_be_focused()
        else:
            assert said["isFocusKept"], f"focus moved to {said['focus']}"
        expect(self.page.locator("#request-problem")).to_be_empty()
        self.audit(region)

    def audit(self, region: str = "main") -> None:
        """Fails when axe finds anything wrong."""
        if self.page.evaluate("typeof window.axe") == "undefined":
            self.page.evaluate(Axe().axe_script)
        kinds, faults = self.page.evaluate(AUDIT, [WITHOUT_CONTRAST, CONTRAST, region, self._known_kinds])
        self._known_kinds += kinds
        Visitor.audits += 1
        assert not faults, "\n".join(faults)

    # --- What a visitor does

    @abstractmethod
    def press(self, control: Locator) -> None:
        """A link, a button, or what unfolds something."""

    @abstractmethod
    def pick(self, radio: Locator) -> None:
        """One of several answers."""

    @abstractmethod
    def tick(self, box: Locator) -> None:
        """A box."""

    @abstractmethod
    def choose(self, choices: Locator, label: str) -> None:
        """An entry of a list."""

    @abstractmethod
    def type(self, field: Locator, text: str) -> None:
        """Writes into a field in place of what stands there, and leaves it."""

    @abstractmethod
    def type_day(self, field: Locator, day: str) -> None:
        """Writes a day (``2027-01-31``) into a field with a calendar, and leaves it."""

    @abstractmethod
    def choose_file(self, field: Locator, name: str, content: bytes) -> None:
        """A file of the visitor's device."""


class Clicking(Visitor):
    """Has scripts and a mouse."""

    def press(self, control: Locator) -> None:
        control.click()

    def pick(self, radio: Locator) -> None:
        radio.check()

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, choices: Locator, label: str) -> None:
        choices.focus()
        choices.select_option(label=label)

    def type(self, field: Locator, text: str) -> None:
        field.fill(text)
        field.blur()
        # An answer may have been quicker than the visitor, who leaves the field of their own accord.
        self.page.evaluate("globalThis.watch?.noteFocus()")

    def type_day(self, field: Locator, day: str) -> None:
        self.type(field, day)

    def choose_file(self, field: Locator, name: str, content: bytes) -> None:
        field.set_input_files(FilePayload(name=name, mimeType="application/json", buffer=content))


class WithKeyboard(Visitor):
    """Has scripts and nothing but a keyboard: reaches every control with the Tab key."""

    MOST_ROUNDS = 12

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # The browser hands its dialogs over only while somebody listens, and begins to listen too late for a key.
        page.on("filechooser", lambda _: None)

    def reach(self, control: Locator) -> None:
        """Goes from stop to stop until the control has focus, or, for an answer, one beside it."""
        target = control.element_handle()
        for _ in range(self.MOST_ROUNDS):
            ahead = target.evaluate(AHEAD)
            assert ahead is not None, f"no key leads to {control}"
            if ahead == 0:
                return
            for _ in range(abs(ahead)):
                self.page.keyboard.press("Tab" if ahead > 0 else "Shift+Tab")
        raise AssertionError(f"the Tab key does not reach {control}")

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Enter")

    def pick(self, radio: Locator) -> None:
        self.reach(radio)
        steps: int = radio.evaluate("""one => {
            const all = [...document.querySelectorAll(`input[type=radio][name="${one.name}"]`)];
            return all.indexOf(one) - all.indexOf(document.activeElement);
        }""")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
        if not steps:
            self.page.keyboard.press("Space")
        expect(radio).to_be_checked()

    def tick(self, box: Locator) -> None:
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, choices: Locator, label: str) -> None:
        self.reach(choices)
        labels = [words.strip().lower() for words in choices.locator("option").all_inner_texts()]
        length = next(
            length
            for length in range(1, len(label) + 1)
            if sum(one.startswith(label[:length].lower()) for one in labels) == 1
        )
        self.page.keyboard.type(label[:length])
        expect(choices.locator("option:checked")).to_have_text(label)

    def type(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")

    def type_day(self, field: Locator, day: str) -> None:
        self.reach(field)
        # Month, day and year are stops of their own, and so is the button of the calendar.
        self._leave(field, "Shift+Tab")
        self.page.keyboard.press("Tab")
        year, month, number = day.split("-")
        self.page.keyboard.type(f"{month}{number}{year}", delay=TYPING_MS)
        expect(field).to_have_value(day)
        self._leave(field, "Tab")

    def _leave(self, field: Locator, key: str) -> None:
        for _ in range(DAY_STOPS):
            if not field.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press(key)

    def choose_file(self, field: Locator, name: str, content: bytes) -> None:
        self.reach(field)
        with self.page.expect_file_chooser() as asked:
            self.page.keyboard.press("Enter")
        asked.value.set_files(FilePayload(name=name, mimeType="application/json", buffer=content))


class WithoutScripts(Clicking):
    """Clicks, with scripts switched off."""

    has_scripts = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._browser = page.context.new_cdp_session(page)
        self._switch_scripts(on=False)

    def _switch_scripts(self, *, on: bool) -> None:
        self._browser.send("Emulation.setScriptExecutionDisabled", {"value": not on})

    @contextmanager
    def change(self, region: str, *, send: str = "", focus: str = "") -> Iterator[None]:
        with self.page.expect_event("load"):
            yield
            if send:
                self.press(self.page.get_by_role("button", name=send, exact=True))
        self.audit(region)

    def audit(self, region: str = "main") -> None:
        # The scripts of the page were not run when it came, and are not run now: those of the test alone are.
        self._switch_scripts(on=True)
        try:
            super().audit(region)
        finally:
            self._switch_scripts(on=False)


WAYS = {"scripts on": Clicking, "keyboard only": WithKeyboard, "scripts off": WithoutScripts}

"""Slides and pages of maps, read and drawn by other programs. Called by `briefing`."""

import json
import math
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image
from pptx import Presentation
from pptx.util import Emu
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

PROGRAM, WORK = sys.argv[1], Path(sys.argv[2])
EXAMPLE = "assets/maps/pakistan-afghan-taliban.json"


def fail(words):
    sys.exit(f"briefing: {words}")


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(float)


def difference(one, other):
    """Mean difference of two pictures, of 255. LibreOffice's can be a pixel larger."""
    a, b = pixels(one), pixels(other)
    return abs(a - b[: a.shape[0], : a.shape[1]]).mean()


# ---- a map with steps, and larger maps ----

def with_steps(path):
    example = json.loads(Path(EXAMPLE).read_text())
    view = example.get("view", {})
    example["steps"] = [
        {"id": "p1", "title": "Who strikes", "text": "Two lines\nof words.", "view": view, "focus": ["pakistan", "afghanistan"]},
        {"id": "p2", "title": "Who shelters", "view": view, "focus": ["ttp"], "camera": {"x": 400, "y": 250, "zoom": 1.5}},
    ]
    path.write_text(json.dumps(example))


def made(path, count):
    """A map in camps, on a grid so that shapes do not cover each other."""
    chance = random.Random(count)
    side = math.ceil(math.sqrt(count))
    actors = [{"id": f"a{n}", "name": f"Council {n}", "kind": chance.choice(["state", "armed_group", "person"])} for n in range(count)]
    layout = {f"a{n}": {"x": n % side * 170, "y": n // side * 130} for n in range(count)}
    relations = []
    for n in range(2 * count):
        a = n // 2
        b = min(count - 1, a + chance.choice([1, side, side + 1]))
        if a == b:
            b = 0
        words = ("quoted words " * 16)[:200]
        relations.append({
            "id": f"r{n}", "from": f"a{a}", "to": f"a{b}", "stance": chance.choice(["hostile", "cooperative"]),
            "evidence": [{"source": "s1", "paragraph": "P1", "excerpt": f"{n} {words}"}],
        })
    path.write_text(json.dumps({
        "format": "relationship-map", "version": 1, "meta": {"title": f"{count} actors"},
        "sources": [{"id": "s1", "title": "A source", "author": "Nobody"}],
        "actors": actors, "relations": relations, "layout": layout,
    }))


steps = WORK / "steps.json"
with_steps(steps)
for size in (60, 1000, 10000):
    made(WORK / f"m{size}.json", size)


# ---- slides ----

def drawn(path):
    """The first slide as LibreOffice draws it, at 96 pixels per inch."""
    run("soffice", "--headless", f"-env:UserInstallation=file://{WORK}/office", "--convert-to", "pdf", "--outdir", WORK, path)
    pdf = path.with_suffix(".pdf")
    picture = path.with_suffix("")
    run("pdftoppm", "-r", "96", "-f", "1", "-l", "1", "-png", "-singlefile", pdf, picture)
    return picture.with_suffix(".png")


def valid(path):
    """Checks a package against the schemas of Office."""
    audit = subprocess.run([str(Path(sys.executable).parent / "openxml-audit"), str(path)], capture_output=True, text=True)
    if audit.returncode:
        fail(f"{path.name} is not valid:\n{audit.stdout[:2000]}")


def actors(slide):
    return {shape.name.rsplit("(actor ", 1)[1][:-1]: shape for shape in slide.shapes if "(actor " in shape.name}


def ends_of(connector):
    return [(connector.begin_x, connector.begin_y), (connector.end_x, connector.end_y)]


def check_slides():
    out = WORK / "all.pptx"
    run(PROGRAM, "export", steps, out, "--each-step")
    valid(out)
    slides = Presentation(out).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    if titles != ["Who strikes", "Who shelters"]:
        fail(f"the slides are called {titles}")
    for slide in slides:
        kinds = {shape.shape_type for shape in slide.shapes}
        if any(kind is not None and "PICTURE" in str(kind) for kind in kinds):
            fail("a slide has a picture")
        notes = slide.notes_slide.notes_text_frame.text
        if "1. Pakistan" not in notes or "¶" not in notes:
            fail("the notes have no numbered excerpts")
    for name, source in [("example", Path(EXAMPLE)), ("m60", WORK / "m60.json")]:
        out, png = WORK / f"{name}.pptx", WORK / f"{name}-own.png"
        run(PROGRAM, "export", source, out)
        run(PROGRAM, "export", source, png, "--width", 1280, "--height", 720)
        valid(out)
        deck = Presentation(out)
        slide = deck.slides[0]
        xml = [shape._element for shape in slide.shapes if shape._element.tag.endswith("}cxnSp")]
        glued = sum(1 for one in xml if len(one.xpath(".//a:stCxn")) == 1 and len(one.xpath(".//a:endCxn")) == 1)
        free = len(xml) - glued
        # Only leaders of notes about lines have a free end.
        if free > 2:
            fail(f"{name}: {free} of {len(xml)} connectors are not glued")
        off = difference(png, drawn(out))
        # Lines that the picture bows around other actors are straight on slides; the example has none.
        if off > (5 if name == "example" else 8):
            fail(f"{name}: LibreOffice's picture differs from the PNG by {off:.2f} of 255")
        print(f"{name}: {len(actors(slide))} actors, {len(xml)} connectors, differs from the PNG by {off:.2f} of 255")
        check_moved(name, deck, source)
    timed = subprocess.run(["bash", "-c", f"TIMEFORMAT=%U+%S; time {PROGRAM} export {WORK}/m1000.json {WORK}/m1000.pptx"], capture_output=True, text=True, check=True)
    user, system = (float(part) for part in timed.stderr.strip().split("\n")[-1].split("+"))
    print(f"1,000 actors as slides: {user + system:.2f} s of CPU")
    Presentation(WORK / "m1000.pptx")


def check_moved(name, deck, source):
    """Moves 20 actors, and looks whether LibreOffice draws every line to the shapes again."""
    slide = deck.slides[0]
    chance = random.Random(7)
    moved = sorted(actors(slide))
    chance.shuffle(moved)
    moved = set(moved[:20])
    for id, shape in actors(slide).items():
        if id in moved:
            shape.left, shape.top = Emu(shape.left + chance.randint(-300000, 300000)), Emu(shape.top + chance.randint(-300000, 300000))
    path = WORK / f"{name}-moved.pptx"
    deck.save(path)
    # LibreOffice writes what it has drawn: connectors with new ends.
    run("soffice", "--headless", f"-env:UserInstallation=file://{WORK}/office", "--convert-to", "odp", "--outdir", WORK, path)
    content = run("unzip", "-p", path.with_suffix(".odp"), "content.xml").stdout
    from lxml import etree
    tree = etree.fromstring(content.encode())
    space = {"draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"}
    length = lambda text: float(text[:-2]) * {"cm": 360000, "in": 914400, "mm": 36000}[text[-2:]]
    place = lambda node, name: length(node.get(f"{{{space['svg']}}}{name}"))
    # The box of each shape that connectors know, and which actor it is.
    own, boxes = actors(slide), {}
    names = {shape.name: shape for shape in own.values()}
    for node in tree.xpath("//draw:custom-shape[@draw:id]", namespaces=space):
        shape = names.get(node.get(f"{{{space['draw']}}}name"))
        if shape is not None:
            boxes[node.get(f"{{{space['draw']}}}id")] = (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
    far = 0
    connectors = tree.xpath("//draw:connector", namespaces=space)
    for connector in connectors:
        for end, shape in (("1", "start-shape"), ("2", "end-shape")):
            left, top, right, bottom = boxes.get(connector.get(f"{{{space['draw']}}}{shape}"), (math.inf, math.inf, 0, 0))
            x, y = place(connector, f"x{end}"), place(connector, f"y{end}")
            far += max(left - x, x - right, top - y, y - bottom, 0) > 3 * 9525
    # A leader of a note about a line has a free end, and its note is no actor.
    leaders = sum(1 for shape in slide.shapes if shape.name.startswith("Leader"))
    if far > 2 * leaders:
        fail(f"{name}: after moving shapes {far} ends of {len(connectors)} lines are not at their shapes")
    back = run(PROGRAM, "arrange", source, "--from", path, "--out", WORK / f"{name}-back.json")
    if f"{len(moved)} actors moved" not in back.stderr:
        fail(f"{name}: {len(moved)} shapes were moved, but: {back.stderr.strip()}")
    print(f"{name}: {len(moved)} shapes moved, {far} ends of {len(connectors)} connectors not at their actors; {back.stderr.strip()}")


# ---- pages ----

def browser(width, height):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", f"--window-size={width},{height}", "--hide-scrollbars", "--force-device-scale-factor=1"]:
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def requests(driver):
    found = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return found


def check_pages():
    page = WORK / "steps.html"
    run(PROGRAM, "export", steps, page)
    run(PROGRAM, "export", EXAMPLE, WORK / "example.html")
    run(PROGRAM, "export", EXAMPLE, WORK / "example.png")
    size = (WORK / "example.html").stat().st_size
    if size > 300_000:
        fail(f"the page of the example has {size} bytes")
    driver = browser(1700, 1300)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})

    def opened(path, suffix=""):
        driver.get("about:blank")
        requests(driver)
        driver.get(f"file://{path}{suffix}")
        others = [url for url in requests(driver) if not url.startswith(f"file://{path}") and not url.startswith("data:")]
        if others:
            fail(f"{path.name} makes requests: {others}")
        errors = [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
        if errors:
            fail(f"{path.name}: {errors}")

    # The picture is that of the PNG.
    opened(WORK / "example.html", "#picture")
    driver.find_element(By.CSS_SELECTOR, "#stage > svg").screenshot(str(WORK / "page.png"))
    off = difference(WORK / "example.png", WORK / "page.png")
    print(f"the page of the example: {size} bytes, differs from the PNG by {off:.2f} of 255")
    if off > 2.5:
        fail("the page differs from the PNG")

    # No violation in either theme, with something selected or not.
    axe = Path(__import__("axe_core_python").__file__).parent / "axe.min.js"
    for path in (WORK / "example.html", page):
        opened(path)
        driver.execute_script(axe.read_text())
        for dark in (False, True):
            driver.execute_script("document.documentElement.classList.toggle('dark', arguments[0])", dark)
            for state in ("", "choose({line: 0})", "choose({actor: 0})", "document.getElementById('filter').open = true", "search('pak')"):
                driver.execute_script(state)
                found = driver.execute_async_script("const done = arguments[0]; axe.run(document).then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes[0].html)))")
                if found:
                    fail(f"{path.name} ({state}): {found}")

    # The whole way with pointer and keyboard.
    opened(page)
    stage, words = driver.find_element(By.ID, "stage"), driver.find_element(By.ID, "words")
    driver.find_element(By.CSS_SELECTOR, '#stage > svg:not([hidden]) [data-l="0"] :first-child')
    driver.execute_script("document.querySelector('#stage > svg:not([hidden]) [data-l=\"0\"]').firstElementChild.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    for said in ("Pakistan", "Said by", "¶"):
        if said not in words.text:
            fail(f"the words of a line lack {said}: {words.text[:200]}")
    words.find_element(By.TAG_NAME, "button").click()
    if not driver.find_elements(By.CSS_SELECTOR, "#expanded .one"):
        fail("a line is not shown as its ties")
    ActionChains(driver).click(driver.find_element(By.ID, "search")).send_keys("Jaish", Keys.ENTER).perform()
    if "Jaish-e-Fursan" not in words.text:
        fail("the search finds no actor")
    driver.find_element(By.ID, "after").click()
    if "Who strikes" not in words.text:
        fail("the first step is not shown")
    driver.execute_script("document.getElementById('stage').focus()")
    ActionChains(driver).send_keys("n").perform()
    ActionChains(driver).send_keys("]").perform()
    if "Said by" not in words.text:
        fail("the keyboard finds no line")
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()
    driver.find_element(By.CSS_SELECTOR, "#filter summary").click()
    driver.find_element(By.CSS_SELECTOR, "#filter input[value=hostile]").click()
    shown = driver.execute_script("return [...document.querySelectorAll('#stage > svg:not([hidden]) [data-l]')].filter((g) => !g.classList.contains('off')).length")
    everything = driver.execute_script("return document.querySelectorAll('#stage > svg:not([hidden]) [data-l]').length")
    if not 0 < shown < everything:
        fail(f"the filter shows {shown} of {everything} groups")

    # Large maps.
    for count in (1000, 10000):
        path = WORK / f"m{count}.html"
        run(PROGRAM, "export", WORK / f"m{count}.json", path)
        opened(path)
        driver.execute_script("window.frames_seen = 0; const next = () => { window.frames_seen++; requestAnimationFrame(next); }; next();")
        paint = driver.execute_script("return (performance.getEntriesByType('paint')[0] || {}).startTime")
        click = driver.execute_script("const start = performance.now(); choose({line: 0}); document.getElementById('words').getBoundingClientRect(); return performance.now() - start;")
        before = driver.execute_script("return window.frames_seen")
        start = time.time()
        chain = ActionChains(driver, duration=20).move_to_element(stage_of(driver)).click_and_hold()
        for step in range(30):
            chain.move_by_offset(8 if step % 20 < 10 else -8, 4)
        chain.release().perform()
        rate = (driver.execute_script("return window.frames_seen") - before) / (time.time() - start)
        print(f"{count} actors: first paint after {paint:.0f} ms, words after {click:.0f} ms, {rate:.0f} frames per second while panning")
        if count == 1000 and (paint > 1000 or click > 50):
            fail("a page of 1,000 actors is slow")
    driver.quit()


def stage_of(driver):
    return driver.find_element(By.ID, "stage")


check_slides()
check_pages()
print("briefing: slides and pages are as they should be")

// Pages are looked at behind all texts. Until they were nobody says that all was read, what waits says for what, what is on
// it is counted as possible and not as failed, and it goes on where it was stopped. Started by run.sh.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { addPath, fitToBeSeen, home, makeCase, open, run, sampleLeak, serve, step } from "./stage.mjs";

const languages = { es: ["sus páginas", /\/s, quedan /], ru: ["его страницы", /\/с, осталось /], uk: ["його сторінки", /\/с, лишилося /] };

/** A PDF of pages with a picture and a line of text each; a side of `side` points is too long to be drawn. */
function pdf(pictures, line, side = 842) {
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"].map((each) => Buffer.from(each));
  const add = (...pieces) => objects.push(Buffer.concat(pieces.map((each) => Buffer.from(each))));
  const pages = pictures.map(({ bytes, width, height }) => {
    const image = add(`<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode/Length ${bytes.length}>>stream\n`, bytes, "\nendstream");
    const drawn = `q 595 0 0 ${(595 * height) / width} 0 20 cm /I Do Q BT /F1 11 Tf 40 820 Td (${line}) Tj ET`;
    const content = add(`<</Length ${drawn.length}>>stream\n${drawn}\nendstream`);
    return add(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${side} ${side}]/Contents ${content} 0 R/Resources<</XObject<</I ${image} 0 R>>/Font<</F1 3 0 R>>>>>>`);
  });
  objects[1] = Buffer.from(`<</Type/Pages/Count ${pages.length}/Kids[${pages.map((page) => `${page} 0 R`).join(" ")}]>>`);
  let at = 9;
  const places = [];
  const bodies = objects.map((object, i) => {
    places.push(at);
    const body = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), object, Buffer.from("\nendobj\n")]);
    at += body.length;
    return body;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  return Buffer.concat([Buffer.from("%PDF-1.4\n"), ...bodies, Buffer.from(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${places.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`)]);
}
function jpeg(path) {
  const bytes = readFileSync(path);
  let at = 2;
  while ((bytes[at + 1] & 0xfc) !== 0xc0) at += 2 + bytes.readUInt16BE(at + 2);  // ITU T.81, B.2.2: the frame's header
  return { bytes, height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
}

/** A TIFF of pages of 8 by 8 pixels, each with its directory behind it. */
function tiff(pages) {
  const out = Buffer.alloc(8 + pages * 166);
  out.write("II*\0");
  for (let at = 8; at < out.length; at += 166) {
    out.writeUInt32LE(at + 64, at - 4);
    for (let j = 0; j < 64; ++j) out[at + j] = j * 4;
    out.writeUInt16LE(8, at + 64);
    [[256, 8], [257, 8], [258, 8], [259, 1], [262, 1], [273, at], [278, 8], [279, 64]].forEach(([tag, value], i) => {
      const field = at + 66 + i * 12;
      out.writeUInt16LE(tag, field), out.writeUInt16LE(4, field + 2), out.writeUInt32LE(1, field + 4), out.writeUInt32LE(value, field + 8);
    });
  }
  return out;
}
/** A ZIP of members as they are. */
function zip(members) {
  const [files, directory] = [[], []];
  for (const [name, text] of Object.entries(members)) {
    const at = Buffer.concat(files).length;
    const head = Buffer.alloc(26);  // APPNOTE 4.3.7, from the version on
    head.writeUInt16LE(20, 0), head.writeUInt32LE(crc32(text), 10), head.writeUInt32LE(text.length, 14), head.writeUInt32LE(text.length, 18), head.writeUInt16LE(name.length, 22);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), head, Buffer.alloc(10), Buffer.from(Uint32Array.of(at).buffer), Buffer.from(name));
    files.push(Buffer.from("PK\x03\x04"), head, Buffer.from(name + text));
  }
  const end = Buffer.alloc(22);
  const count = Object.keys(members).length;
  end.write("PK\x05\x06"), end.writeUInt16LE(count, 8), end.writeUInt16LE(count, 10), end.writeUInt32LE(Buffer.concat(directory).length, 12), end.writeUInt32LE(Buffer.concat(files).length, 16);
  return Buffer.concat([...files, ...directory, end]);
}
/** A presentation whose one slide follows a layout that is not in it. */
function slides() {
  const relations = (type, target) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
  const spaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
  return zip({
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations("officeDocument", "ppt/presentation.xml"),
    "ppt/presentation.xml": `<p:presentation ${spaces}><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relations("slide", "slides/slide1.xml"),
    "ppt/slides/slide1.xml": `<p:sld ${spaces}><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr><p:ph idx="1"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>The plan</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`,
    "ppt/slides/_rels/slide1.xml.rels": relations("slideLayout", "../slideLayouts/gone2 (damaged).xml"),
  });
}

// Why a part was not read is said in the person's language, with the numbers and names that its reader gives. The pages of
// a TIFF are turned as those of a PDF.
async function inUkrainian(page) {
  await page.evaluate(() => localStorage.setItem("careo-language", "uk"));
  await page.goto(new URL("/", page.url()).href);
  await page.getByRole("heading", { name: "Прочитано не до кінця" }).waitFor();
  await page.getByRole("button", { name: "обрізано немає елемента ppt/slideLayouts/gone2 (damaged).xml" }).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("heading", { name: "Прочитано не до кінця" }).scrollIntoViewIfNeeded();
  await fitToBeSeen(page, "reasons-uk-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  await fitToBeSeen(page, "reasons-uk");
  await page.getByRole("button", { name: /^обрізано досягнуто межі/ }).click();
  await page.locator(".reasons .plainlist a").click();
  await page.getByText("Не прочитано, сторінка 501: досягнуто межі: сторінок понад 500").waitFor();
  await page.getByText("сторінка 1 з 502").waitFor();
  await fitToBeSeen(page, "pages-of-a-tiff-uk");
  await page.evaluate(() => localStorage.setItem("careo-language", "en"));
  await page.goto(new URL("/", page.url()).href);
}

// A page that could not be seen: which, and why.
async function notSeen(desk, folder) {
  const page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await makeCase(page, "large");
  await addPath(page, folder);
  await page.getByRole("heading", { name: "Not all of it." }).waitFor();
  await page.getByRole("button", { name: /^cut not all pages could be looked at/ }).click();
  await page.locator(".reasons .plainlist a").click();
  await page.getByText("Not read, page 1: a limit was reached: a page too large to draw").waitFor();
  await fitToBeSeen(page, "page-not-seen");
  await inUkrainian(page);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("button", { name: "Open", exact: true }).waitFor();
  return page;
}

const headings = (page) =>
  page.evaluate(() => {
    window.headings = new Set();
    new MutationObserver(() => window.headings.add(document.querySelector("h1")?.innerText)).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

const state = (page) => page.evaluate(async () => (await fetch("/api/state")).json());

// Stopped while pages are looked at; the job as it was then.
async function stopped(page, other, folder) {
  await makeCase(page, "pages");
  await other.goto(page.url());
  await other.getByText("The case is empty.").waitFor();
  await headings(other);
  await headings(page);
  await page.bringToFront();
  await addPath(page, folder);
  await page.getByRole("heading", { name: "Looking at pages …" }).waitFor();
  const { job } = await state(page);
  await page.getByRole("button", { name: "Stop; go on later" }).click();
  await page.getByRole("heading", { name: "Not all of it." }).waitFor();
  await page.getByRole("button", { name: "Go on reading" }).waitFor();
  await page.locator(".tile").getByText(/pages still to be looked at: \d+/).waitFor();
  await page.getByRole("button", { name: /^waiting its pages are still to be looked at/ }).click();
  assert.equal(await page.locator(".reasons").getByRole("button", { name: "read again" }).count(), 0, "nothing of it failed");
  await fitToBeSeen(page, "pages-wait");
  await page.setViewportSize({ width: 390, height: 844 });
  await fitToBeSeen(page, "pages-wait-390");
  const right = await page.locator(".reasons :is(span, a, b)").evaluateAll((all) => Math.max(...all.map((each) => each.getBoundingClientRect().right)));
  assert.ok(right <= 390, `a reason ends at ${right} of 390 pixels`);
  await page.setViewportSize({ width: 1280, height: 800 });
  return job;
}

// In every language: while it runs, as it was and a page further each time, how fast and how long is told, and all of it stands
// in its box of the rail; why it waits is said.
async function inEveryLanguage(page, job) {
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  let pages = 0;
  await page.route("**/api/state", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), job: { ...job, running: true, done: ++pages, total: 2000, total_bytes: 0, mails: 1234, documents: 1234 } } });
  });
  for (const [language, [words, pace]] of Object.entries(languages)) {
    await page.evaluate((code) => localStorage.setItem("careo-language", code), language);
    await page.reload();
    await page.locator(".reason").getByText(words).waitFor();
    await page.locator(".progress").getByText(pace).waitFor();
    const wide = await page.locator(".progress").evaluate((box) => Math.max(...[...box.children].map((each) => each.getBoundingClientRect().right)) - box.getBoundingClientRect().right);
    assert.ok(wide <= 0, `${language}: ${wide} pixels too wide for the rail`);
    await fitToBeSeen(page, `looking-${language}`);
  }
  await page.unrouteAll();
  await page.evaluate((code) => localStorage.setItem("careo-language", code), "en");
  await page.reload();
  await page.getByRole("button", { name: "Go on reading" }).waitFor();
}

// What waits says so wherever it is met.
async function saidEverywhere(page) {
  await page.getByRole("link", { name: "Documents", exact: true }).click();
  await page.locator(".pagehead").getByText(/^At least .* 0 images could not be read; pages still to be looked at: \d+\./).waitFor();
  await fitToBeSeen(page, "documents-wait");
  await page.getByRole("searchbox").first().fill("transport");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "5 hits" }).waitFor();
  await page.getByText(/^Still to be read or looked at: \d\. More may be found\.$/).waitFor();
  await fitToBeSeen(page, "search-waits");
}

// Gone on with, the part that is shown follows.
async function goneOn(page, other) {
  await page.getByRole("button", { name: /^waiting its pages/ }).click();
  await page.locator(".reasons .plainlist a").first().click();
  await page.locator(".reader .word.waiting").waitFor();
  await fitToBeSeen(page, "part-waits");
  await other.getByRole("button", { name: "Go on reading" }).click();
  await page.locator(".reader .word.read").waitFor();
}

const scans = join(sampleLeak("pages", "--seed", "14", "--mails", "60", "--documents", "20"), "leak", "disk");
const pictures = readdirSync(scans, { recursive: true }).filter((name) => name.endsWith(".jpg")).map((name) => jpeg(join(scans, name)));
const folder = (name) => {
  mkdirSync(join(home, name));
  return join(home, name);
};
await run(async () => {
  const [large, many] = [folder("large"), folder("many")];
  writeFileSync(join(large, "plan.pdf"), pdf(pictures.slice(0, 1), "A plan of the yard", 1e7));
  writeFileSync(join(large, "scans.tiff"), tiff(502));
  writeFileSync(join(large, "slides.pptx"), slides());
  for (let i = 0; i < 5; ++i) writeFileSync(join(many, `scan ${i}.pdf`), pdf(Array.from({ length: 6 }, (_, n) => pictures[(i + n) % pictures.length]), `Order ${i} for the transport of papers`));
  const desk = await serve();
  let page;
  await step("a page that could not be seen", async () => {
    page = await notSeen(desk, large);
  });
  const other = await page.context().newPage();
  other.setDefaultTimeout(60_000);
  let job;
  await step("stopped while pages are looked at", async () => {
    job = await stopped(page, other, many);
  });
  await step("what waits says so", () => saidEverywhere(page));
  for (const each of [page, other]) assert.deepEqual((await each.evaluate(() => [...window.headings])).filter((said) => /^Yes/.test(said)), []);
  await step("in every language", () => inEveryLanguage(page, job));
  await step("gone on with", () => goneOn(page, other));
});

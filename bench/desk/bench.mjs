// How fast the page is: first paint, change of page, frames while scrolling. Without CAREO_CASE the desk's answers are made
// up here (10,000 documents, 100,000 hits), so that the page is measured and not the case; with it, a case's folder
// (its key in CAREO_KEY_FILE), everything is as a person meets it. With CAREO_ADD, a folder, a case is made and the folder is
// added: when do the counters move, when does the first hit stand? (folder.mjs makes one.) With CAREO_DROP it is dropped on the page
// instead. CAREO_WHOLE=1: and when is all of it read? Prints figures; fails on none.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CAREO_BUILD, CAREO_WEB, CAREO_CASE = "", CAREO_ADD = "", CAREO_DROP = "", CAREO_WHOLE = "", CAREO_ASK = "a", CAREO_PAUSE = "0", CHROMIUM = "/usr/bin/chromium" } = process.env;
const { chromium } = createRequire(join(CAREO_WEB, "package.json"))("playwright-core");
const home = mkdtempSync(join(tmpdir(), "careo-bench-"));

const packed = readdirSync(join(CAREO_BUILD, "web")).filter((name) => /^index.*\.(js|css)\.gz$/.test(name));
const bundle = packed.reduce((sum, name) => sum + statSync(join(CAREO_BUILD, "web", name)).size, 0);
console.log(`first bundle (script and style, gzip): ${(bundle / 1000).toFixed(1)} kB`);

const cards = Array.from({ length: 10_000 }, (_, i) => ({
  document: `d-${i}`, grade: i % 9 ? "checked" : "unconfirmed", person: `p-${i >> 1}`, number: `X${1000000 + i}`, surname: `SURNAME ${i}`, given: "GIVEN",
  birth: "1990-01-02", issuer: "UTO", expiry: "2031-01-02", reviewed: false, image: `src:0000000000000000/path:${i}#box:1,1,100,1,100,20,1,20`, images: 1,
}));
const count = { images: 10_000, documents: 10_000, persons: { lower: 5000, expected: 5000, upper: 5000 }, unread_images: 0 };
const hit = (i) => ({ trail: `src:0000000000000000/path:${i}`, title: `A subject ${i}`, date: "2023-09-28T10:00:00Z", score: 1, snippet: "some words around the word that was found in it", marks: [[16, 22]], kind: "mail", sender: "a@b.example" });
const part = { part: { trail: "src:0000000000000000/path:1", places: ["src:0000000000000000/path:1"], name: "A subject", media_type: "text/plain", outcome: "read", bytes: 100, sha256: "0" }, text: "some words", text_from: 0, text_total: 10, readings: [], unread: [], children: [], children_total: 0 };
const answers = {
  documents: () => ({ count, rows: cards, unread: [] }),
  search: (query) => ({ total: 100_000, ranked: true, rows: Array.from({ length: 100 }, (_, i) => hit(Number(query.get("offset") ?? 0) + i)) }),
  facets: () => ({ kind: [], date: [], lang: [], from: [], source: [] }),
  part: () => part,
  way: () => ({ rows: [{ trail: "", name: "A file" }] }),
  state: () => ({ version: "0", word: "w", address_key: "0".repeat(64), last: "", key_file: false, open: true, by: "", case: "bench", demo: false, position: 1, job: { running: false, phase: "", done: 0, total: 0, bytes: 0, total_bytes: 0, mails: 0, documents: 0, failed: 0, seconds: 0, error: "" } }),
  inventory: () => ({ head: { parts: 200_000, read: 200_000, cut: 0, kept: 0, duplicate: 0, failed: 0, waiting: 0, bytes: 1, expected: null, adds_up: true }, rows: [] }),
  contents: () => ({ total: 0, rows: [] }),
  missing: () => ({ total: 0, rows: [] }),
  claims: () => ({ articles: [], rows: [] }),
  tray: () => [],
};

async function firstHits(page) {
  await page.goto(link);
  await page.evaluate(async () => {
    const { word } = await (await fetch("/api/state")).json();
    await fetch("/api/new", { method: "POST", headers: { "X-Careo": word }, body: JSON.stringify({ name: "bench", passphrase: "long enough for a bench" }) });
  });
  await page.reload();
  await page.getByRole("searchbox").fill(CAREO_ASK);
  await page.keyboard.press("Enter");
  await page.locator("#hits-title").waitFor();
  await page.evaluate(() => document.activeElement.blur());
  // The page itself looks at the clock: playwright hears of a large file's upload only when it is over.
  await page.evaluate(() => {
    window.seen = {};
    const signs = { counters: () => /[1-9]/.test(document.querySelector(".progress")?.innerText ?? ""), hit: () => document.querySelector(".hit") };
    window.looking = setInterval(() => Object.entries(signs).forEach(([name, sign]) => sign() && (window.seen[name] ??= Date.now())), 20);
  });
  let began = Date.now();
  if (CAREO_DROP) {
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [CAREO_DROP], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await browser.send("Input.dispatchDragEvent", { type, x: 640, y: 500, data });
  } else {
    await page.keyboard.press("a");
    await page.locator("dialog input.mono").fill(CAREO_ADD);
    began = Date.now();
    await page.keyboard.press("Enter");
  }
  const say = (what, at) => {
    const words = readFileSync(`/proc/${program.pid}/stat`, "utf8").split(" ");
    const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0];
    console.log(`${what} after ${at - began} ms; now ${(Number(words[13]) + Number(words[14])) / 100} CPU s of the desk, under a load of ${load}`);
  };
  await page.waitForFunction(() => window.seen.hit, undefined, { timeout: 600_000, polling: 100 });
  const seen = await page.evaluate(() => window.seen);
  say("counters move", seen.counters);
  say(`first hit for "${CAREO_ASK}"`, seen.hit);
  if (!CAREO_WHOLE) return;
  await page.waitForFunction(() => !document.querySelector(".progress progress"), undefined, { timeout: 1_200_000 });
  say("all of it read", Date.now());
  console.log(await page.locator("#hits-title").innerText());
}

async function everyPage(page) {
  if (!CAREO_CASE) await page.route("**/api/**", (route) => {
    const url = new URL(route.request().url());
    const name = url.pathname.slice(5);
    if (name === "picture") return route.fulfill({ status: 404, body: "" });
    return route.fulfill({ json: (answers[name] ?? (() => ({})))(url.searchParams) });
  });
  await page.goto(link);
  await page.locator(".tile").first().waitFor();
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN);
  console.log(`first contentful paint: ${paint.toFixed(0)} ms`);

  // From the key to the first frame in which the page stands; the first visit loads its code and its answer, too.
  const change = (key, sign) =>
    page.evaluate(([key, sign]) => new Promise((done) => {
      const began = performance.now();
      for (const each of ["g", key]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: each, bubbles: true }));
      const look = () => (document.querySelector(sign) ? requestAnimationFrame(() => done(performance.now() - began)) : requestAnimationFrame(look));
      look();
    }), [key, sign]);
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  await page.waitForTimeout(Number(CAREO_PAUSE));  // as a person looks at the first page before going on
  const visits = [["d", ".card.doc", "documents"], ["s", ".examples", "search"], ["c", ".claim, .empty", "claims"], ["o", ".tile", "overview"]];
  for (const [key, sign, name] of visits) {
    const other = key === "o" ? ["d", ".card.doc"] : ["o", ".tile"];
    const first = await change(key, sign);
    const again = [];
    for (let i = 0; i < 7; ++i) {
      await page.waitForTimeout(300);
      await change(...other);
      await page.waitForTimeout(300);
      again.push(await change(key, sign));
    }
    console.log(`to ${name}: ${first.toFixed(0)} ms the first time, ${median(again).toFixed(0)} ms again (median of ${again.length})`);
  }
  const scroll = (box) =>
    page.evaluate((box) => new Promise((done) => {
      const rows = document.querySelector(box);
      const times = [];
      let last = performance.now();
      const step = (now) => {
        times.push(now - last);
        last = now;
        rows.scrollTop += 90;
        if (times.length < 240) requestAnimationFrame(step);
        else {
          times.sort((a, b) => a - b);
          done({ median: times[120], worst: times[238], late: times.filter((time) => time > 34).length });
        }
      };
      requestAnimationFrame(step);
    }), box);
  const say = (what, { median, worst, late }) => console.log(`${what}: ${median.toFixed(1)} ms a frame (median), ${worst.toFixed(0)} ms the second worst, ${late} of 240 frames late`);
  await change("d", ".card.doc");
  say("scrolling documents", await scroll(".rows"));
  await page.getByRole("searchbox").first().fill(CAREO_ASK);
  const began = Date.now();
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  console.log(`search for "${CAREO_ASK}" until its first hits stand: ${Date.now() - began} ms, ${await page.locator("#hits-title").innerText()}`);
  say("scrolling hits", await scroll(".hits .rows"));
}

const program = spawn(join(CAREO_BUILD, "careo"), ["serve", ...(CAREO_CASE ? [CAREO_CASE] : []), "--port", "0", "--no-browser"], { env: { ...process.env, HOME: home }, stdio: ["ignore", "pipe", "ignore"] });
const link = await new Promise((ready) => program.stdout.once("data", (bytes) => ready(String(bytes).split("\n")[0])));
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await (CAREO_ADD || CAREO_DROP ? firstHits : everyPage)(page);
} finally {
  await browser.close();
  program.kill();
  rmSync(home, { recursive: true, force: true });
}

// What every test in the browser stands on: a desk, a browser, and what no page may ever do. Nothing here waits for a fixed
// time; everything waits for what a person would wait for.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CAREO_BUILD, CAREO_WEB, CAREO_SHOTS = "", CHROMIUM = "/usr/bin/chromium" } = process.env;
export const shots = CAREO_SHOTS;
export const tool = (name) => join(CAREO_BUILD, name);
const require = createRequire(join(CAREO_WEB, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const home = mkdtempSync(join(tmpdir(), "careo-web-"));
export const passphrase = "a long enough passphrase";
const patience = { timeout: 60_000 };

// A listener that must hear nothing: payloads in the leak name it.
let heard = 0;
const listener = createServer((_, answer) => {
  ++heard;
  answer.end();
}).listen(0, "127.0.0.1");
await new Promise((ready) => listener.once("listening", ready));
export const elsewhere = `http://127.0.0.1:${listener.address().port}`;

/** `careo serve`; `limit` is what bash's ulimit takes, such as "-f 400". */
const programs = [];
export async function serve({ port = 0, limit = "" } = {}) {
  const words = [tool("careo"), "serve", "--port", String(port), "--no-browser"];
  const program = spawn("bash", ["-c", `${limit ? `ulimit ${limit}; ` : ""}exec "$@"`, "bash", ...words], {
    env: { ...process.env, HOME: home, CAREO_KEY_FILE: "" }, stdio: ["ignore", "pipe", "inherit"],
  });
  programs.push(program);
  const link = await new Promise((ready, fail) => {
    let text = "";
    program.stdout.on("data", (bytes) => {
      text += bytes;
      if (text.includes("\n")) ready(text.split("\n")[0]);
    });
    program.once("exit", () => fail(new Error("careo serve ended")));
  });
  const ended = new Promise((over) => program.once("exit", over));
  return { program, link, origin: new URL(link).origin, port: Number(new URL(link).port), kill: async () => {
    program.kill("SIGKILL");
    await ended;
  } };
}
export function sampleLeak(name, ...words) {
  const made = spawnSync(tool("sample-leak"), [...words, "--out", join(home, name)]);
  assert.equal(made.status, 0, String(made.stderr));
  return join(home, name);
}

const faults = [];
export const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
/** A window of its own. `expected`: what its console may complain of besides answers that say no. */
export async function open(desk, locale, { expected = /status of (4|5)\d\d/, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(patience.timeout);
  page.on("pageerror", (error) => faults.push(`${error.stack}`));
  page.on("console", (message) => message.type() === "error" && !expected.test(message.text()) && faults.push(message.text()));
  page.on("dialog", (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(desk.origin + "/")) faults.push(`a request left: ${request.url()}`);
  });
  return page;
}

/** A new case, as a person makes one; its recovery sheet's words. */
export async function makeCase(page, name) {
  await page.getByRole("tab", { name: "New case" }).click();
  await page.getByLabel("Name of the case").fill(name);
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByLabel("The same again").fill(passphrase);
  await page.getByRole("button", { name: "Make the case" }).click();
  const words = await page.locator(".recovery").innerText();
  await page.getByRole("button", { name: "I have it; go on" }).click();
  await page.locator(".rail").waitFor();
  return words;
}
export async function addPath(page, path) {
  await page.keyboard.press("a");
  await page.getByLabel("Or a path on this machine").fill(path);
  await page.getByRole("button", { name: "Read it" }).click();
}

let pages = 0;
export async function fitToBeSeen(page, name) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)).then(() => undefined, () => undefined));  // colours on their way are no colours
  await page.evaluate(axe + ";undefined");
  const found = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).slice(0, 3).join(" | ")}`));
  assert.deepEqual(found, [], `axe on ${name}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
  ++pages;
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`) });
  }
}
export const idle = (page) => page.waitForFunction(() => !document.querySelector(".progress progress"), undefined, { timeout: 150_000 });

/** Steps one after the other; says how long each took, what went wrong, and leaves nothing behind. */
const began = Date.now();
export async function step(name, deed) {
  await deed();
  assert.deepEqual(faults.splice(0), [], name);
  console.log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${name}`);
}
export async function run(story) {
  let failed = 0;
  try {
    await story();
    assert.equal(heard, 0, "the listener heard something");
    console.log(`${pages} pages clean by axe-core, nothing ran, no request left`);
  } catch (error) {
    failed = 1;
    console.error(error);
    for (const fault of faults) console.error("fault:", fault);
    if (shots) for (const context of browser.contexts()) for (const page of context.pages()) await page.screenshot({ path: join(shots, "failed.png") }).catch(() => undefined);
  } finally {
    await browser.close();
    for (const program of programs) program.kill("SIGKILL");
    listener.close();
    rmSync(home, { recursive: true, force: true });
  }
  process.exit(failed);
}

// Bad luck at the desk, and the demo: whatever goes wrong is said in plain words, with a way on. Started by run.sh.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { addPath, fitToBeSeen, home, idle, makeCase, open, passphrase, run, sampleLeak, serve, step } from "./stage.mjs";

const number = async (locator) => Number((await locator.innerText()).replace(/\D/g, ""));
const everyPart = (page) => page.getByRole("heading", { name: "Yes. Every part was read." }).waitFor();

/** As a person drops it: the browser itself is told of the drag. */
async function drop(page, path) {
  const browser = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await browser.send("Input.dispatchDragEvent", { type, x: 640, y: 500, data });
}
async function openCase(page, name) {
  await page.locator("#panel select").selectOption({ label: name });
  await page.getByLabel("Passphrase").fill(passphrase);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}
/** A port that is free now: the same desk can be started at it twice. */
const freePort = () =>
  new Promise((ready) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => ready(port));
    });
  });

// In Russian: one click, counters that move at once, hits that come as it reads, an article confronted.
async function demo(desk) {
  const page = await open(desk, "ru-RU");
  await page.goto(desk.link);
  await page.getByRole("button", { name: "Открыть учебное дело" }).click();
  await page.locator(".progress").waitFor();
  assert.doesNotMatch(await page.locator(".progress").innerText(), /0 из 0/);
  await page.getByRole("searchbox").fill("kind:mail");
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  await idle(page);
  await page.waitForFunction(() => Number(document.querySelector("#hits-title").innerText.replace(/\D/g, "")) >= 400);
  await page.getByRole("link", { name: "Утверждения", exact: true }).click();
  await page.locator(".claim").first().waitFor();
  await fitToBeSeen(page, "demo-claims-ru");
  await page.getByRole("link", { name: "Обзор", exact: true }).click();
  await page.locator(".tile").first().waitFor();
  await fitToBeSeen(page, "demo-overview-ru");
  // Nobody's: closed it is gone, and the desk stands at its beginning.
  await page.getByRole("button", { name: "Запереть" }).click();
  await page.getByRole("button", { name: "Открыть учебное дело" }).waitFor();
  await page.context().close();
}

// A folder dropped on the page; then the program is killed while it reads. The window says so; started again, the used window is told what to do, and the case goes on.
async function killedWhileAdding(leak) {
  const port = await freePort();
  let desk = await serve({ port });
  const page = await open(desk, "en-GB", { expected: /status of (4|5)\d\d|ERR_CONNECTION|ERR_EMPTY|ERR_INCOMPLETE/ });
  await page.goto(desk.link);
  await makeCase(page, "killed");
  await drop(page, leak);
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => Number(/([\d,]+) mails?/.exec(document.querySelector(".progress")?.innerText ?? "")?.[1] ?? 0) > 0);
  await desk.kill();
  await page.getByText("The desk does not answer").waitFor();
  await page.getByText(/Start careo again/).waitFor();
  desk = await serve({ port });
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This desk needs its link").waitFor();
  await page.goto(desk.link);
  await openCase(page, "killed");
  await page.getByRole("heading", { name: "Not all of it." }).waitFor();
  await page.getByRole("button", { name: "Go on reading" }).click();
  await page.locator(".progress progress").first().waitFor();
  await idle(page);
  await drop(page, leak);  // what had not come yet
  await page.locator("dialog").waitFor({ state: "detached" });
  await everyPart(page);
  await idle(page);
  const parts = await number(page.locator(".legend td").first());
  await addPath(page, leak);  // what was dropped is there whole: the same folder adds nothing
  await page.locator("dialog").waitFor({ state: "detached" });
  await idle(page);
  await everyPart(page);
  assert.equal(await number(page.locator(".legend td").first()), parts);
  await page.context().close();
  await desk.kill();
}

// The claims cannot be worked out: that is no case without an article.
async function claimsFail(page) {
  await page.route("**/api/claims", (route) => route.fulfill({ status: 500, json: { error: { fault: "bug", message: "no such table: words" } } }));
  await page.reload();
  await page.getByText("This is a defect of careo.").waitFor();
  await page.getByRole("link", { name: "Claims", exact: true }).click();
  await page.getByText("no such table: words").waitFor();
  assert.equal(await page.getByText("No article yet").count(), 0);
}

// Locked while a folder is read: opened again the desk says what waits and offers to go on.
async function lockedWhileAdding(desk, leak) {
  const page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await makeCase(page, "locked");
  await addPath(page, leak);
  await page.waitForFunction(() => Number(/([\d,]+) mails?/.exec(document.querySelector(".progress")?.innerText ?? "")?.[1] ?? 0) > 0);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await openCase(page, "locked");
  await page.getByRole("heading", { name: "Not all of it." }).waitFor();
  await page.getByRole("button", { name: "Go on reading" }).click();
  await page.locator(".progress progress").first().waitFor();
  await idle(page);
  await addPath(page, leak);
  await page.locator("dialog").waitFor({ state: "detached" });
  await everyPart(page);
  await claimsFail(page);
  await page.context().close();
}

// The browser goes away in the middle of a drop: what came is read and found, the inventory says what is to come; the same
// folder dropped again goes on, and nothing is there twice.
async function goneWhileSending(desk, folder, files) {
  const page = await open(desk, "en-GB", { expected: /status of (4|5)\d\d|ERR_/ });
  await page.goto(desk.link);
  await makeCase(page, "gone");
  let held = false;
  await page.route("**/api/upload*", (route) => void (held || route.continue()));
  await page.route(/measured/, (route) => {
    held = true;  // what comes with the first round is here
    void route.continue();
  });
  await drop(page, folder);
  await page.getByText(`200 of ${files.toLocaleString("en")} files taken in`).waitFor();
  await page.getByRole("searchbox").fill("kind:mail");
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  assert.ok(await page.getByText("Taking in what was dropped").isVisible());
  await fitToBeSeen(page, "sending");
  const other = await page.context().newPage();
  other.setDefaultTimeout(60_000);
  await other.goto(desk.origin + "/");
  await page.close();
  await other.getByRole("heading", { name: "Not all of it." }).waitFor();
  await other.getByText(`${(files - 200).toLocaleString("en")} files have not come in`).first().waitFor();
  await fitToBeSeen(other, "broken-off");
  await drop(other, folder);
  await other.locator("dialog").waitFor({ state: "detached" });
  await everyPart(other);
  assert.equal(await number(other.locator(".legend td").first()), files);
  await other.context().close();
}

// The disk is full (a limit stands for it): what went wrong, what is kept, how to go on; and so one goes on.
async function diskFull(leak) {
  let desk = await serve({ limit: "-f 600" });
  let page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await makeCase(page, "full");
  await addPath(page, leak);
  await page.getByText("Reading stopped. What was read is kept.").waitFor();
  await page.getByText(/Free space/).waitFor();
  await fitToBeSeen(page, "disk-full");
  for (const name of ["Documents", "Claims", "Overview"]) {
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("main", { name }).waitFor();
  }
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("button", { name: "Open", exact: true }).waitFor();
  await page.context().close();
  await desk.kill();
  desk = await serve();
  page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await openCase(page, "full");
  await page.locator(".rail").waitFor();
  await addPath(page, leak);
  await page.locator("dialog").waitFor({ state: "detached" });
  await everyPart(page);
  await page.context().close();
  await desk.kill();
}

// Another process has the case; its recovery sheet opens it when that one is gone.
async function held(desk, words) {
  const page = await open(desk, "en-GB");
  await page.goto(desk.link);
  const other = spawn("flock", [join(home, "careo", "windows", "lock"), "sh", "-c", "echo held; sleep 1000"], { detached: true });
  await new Promise((has) => other.stdout.once("data", has));
  try {
    await openCase(page, "windows");
    await page.getByText("Another careo has this case open. Close that one first.").waitFor();
    await fitToBeSeen(page, "held");
  } finally {
    process.kill(-other.pid);
  }
  await page.getByRole("button", { name: /recovery sheet/ }).click();
  await page.getByLabel("Words of the recovery sheet").fill(words.toLowerCase());
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await everyPart(page);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("button", { name: "Open", exact: true }).waitFor();
  await page.context().close();
}

// Clicks it, unless the page was quicker: it asks by itself too when it hears of something new in the case.
async function askedAgain(button) {
  await button.click({ timeout: 10_000 }).catch(async (error) => {
    if ((await button.count()) > 0) throw error;
  });
}

// A word is said of the document that is shown and of no other: while the next one has not come nobody's key says any. Where
// it does not come at all the page says why, and asks again.
async function onTheRightDocument(page) {
  await page.bringToFront();
  const said = [];
  const listen = (request) => /decide|tray$/.test(request.url()) && request.method() === "POST" && said.push(request.postData());
  page.on("request", listen);
  const heading = () => page.locator("h1").textContent();  // the page hides it while it waits for the next
  const before = await heading();
  let come;
  const asked = new Promise((resolve) => (come = resolve));
  await page.route("**/api/document?**", (route) => come(route));
  await page.keyboard.press("j");
  const route = await asked;
  for (const key of ["r", "m", "e"]) await page.keyboard.press(key);
  await page.getByRole("button", { name: "Looked through" }).evaluate((button) => button.click());
  assert.equal(await heading(), before);
  assert.equal(await page.locator("dialog").count(), 0);
  await route.fulfill({ status: 500, json: { error: { fault: "io", message: "" } } });
  await page.getByText("The machine failed").waitFor();
  assert.equal(await page.locator("h1").count(), 0, "it is not shown as what it is not");
  await fitToBeSeen(page, "document-not-come");
  await page.unroute("**/api/document?**");
  await askedAgain(page.getByRole("button", { name: "Try again" }));
  await page.getByRole("button", { name: "Mark as looked through" }).waitFor();
  assert.notEqual(await heading(), before);
  await page.keyboard.press("k");
  await page.getByRole("button", { name: "Looked through", pressed: true }).waitFor();
  assert.equal(await heading(), before);
  assert.deepEqual(said, []);
  page.off("request", listen);
}

// What is put in one window lies in the other as well, and nothing that either put is lost. What cannot be kept is said.
async function exhibitsOfBoth(first, second) {
  await second.getByRole("button", { name: /^Exhibits/ }).click();
  await second.locator(".tray").waitFor();
  await second.bringToFront();
  await second.keyboard.press("e");
  await second.locator(".tray li").waitFor();
  await first.bringToFront();
  await first.keyboard.press("j");
  await first.getByRole("button", { name: "Mark as looked through" }).waitFor();
  await first.keyboard.press("e");
  await first.getByRole("button", { name: "With the exhibits", pressed: true }).waitFor();
  await second.bringToFront();
  await second.locator(".tray li").nth(1).waitFor();
  await second.getByLabel("Note").first().fill("the first");
  await second.keyboard.press("Enter");
  await first.keyboard.press("t");
  await first.waitForFunction(() => document.querySelectorAll(".tray li input")[0]?.value === "the first");
  assert.equal(await first.locator(".tray li").count(), 2);
  await fitToBeSeen(first, "exhibits-of-both");
  await first.route("**/api/tray", (route) => route.fulfill({ status: 500, json: { error: { fault: "io", message: "" } } }));
  await first.getByRole("button", { name: "Take away" }).first().click();
  await first.getByText(/^The exhibits were not changed\. The machine failed/).waitFor();
  assert.equal(await first.locator(".tray li").count(), 2);
  await second.getByRole("button", { name: "Take away" }).nth(1).click();
  await first.bringToFront();
  await first.getByText(/^The exhibits cannot be shown\. The machine failed/).waitFor();
  await first.unroute("**/api/tray");
  await first.locator(".tray li").nth(1).waitFor({ state: "detached" });
  assert.equal(await first.getByLabel("Note").inputValue(), "the first");
  await first.locator(".tray [role=alert]").waitFor({ state: "detached" });
  for (const page of [first, second]) {
    await page.bringToFront();
    await page.keyboard.press("t");
  }
}

// Two windows of one case: what is decided, added and locked in one is seen in the other; one cut off from the desk says
// so, keeps what it shows, and goes on by itself when it is back.
async function twoWindows(desk, leak) {
  const first = await open(desk, "en-GB", { expected: /status of (4|5)\d\d|ERR_INTERNET_DISCONNECTED/ });
  // The browser says that it holds requests before its pages do: from the first page on, and none that a key asks is missed.
  await first.route("**/api/nothing", (route) => route.abort());
  await first.goto(desk.link);
  const words = await makeCase(first, "windows");
  const second = await first.context().newPage();
  second.setDefaultTimeout(60_000);
  await second.goto(desk.origin + "/");
  await second.getByText("The case is empty.").waitFor();
  await addPath(first, leak);
  await everyPart(second);
  await second.getByRole("link", { name: "Documents", exact: true }).click();
  await second.locator(".card.doc").nth(1).click();
  await second.locator(".fields").waitFor();
  await first.getByRole("link", { name: "Documents", exact: true }).click();
  await first.locator(".card.doc").nth(1).click();
  await first.locator(".fields").waitFor();
  await first.bringToFront();
  await first.keyboard.press("r");
  await first.getByRole("textbox", { name: "Who decides?" }).fill("Ana Ruiz");
  await first.getByRole("button", { name: "Sign so" }).click();
  await first.getByRole("button", { name: "Looked through", pressed: true }).waitFor();
  await second.bringToFront();
  await second.getByRole("button", { name: "Looked through", pressed: true }).waitFor();
  await onTheRightDocument(first);
  await exhibitsOfBoth(first, second);

  await first.bringToFront();
  await first.context().setOffline(true);
  await first.locator(".banner").waitFor();
  assert.ok(await first.locator(".fields").isVisible(), "what is shown stays");
  await first.keyboard.press("j");
  await first.getByText("Is careo still running?").waitFor();
  await first.context().setOffline(false);
  await first.locator(".banner").getByRole("button", { name: "Try again" }).click();
  await first.locator(".banner").waitFor({ state: "detached" });
  await first.locator(".fields").waitFor();  // the next one, which had not come

  await first.getByRole("button", { name: "Lock", exact: true }).click();
  await second.bringToFront();
  await second.getByRole("button", { name: "Open", exact: true }).waitFor();
  await first.context().close();
  return words;
}

// While it reads, the desk may answer with what it had a moment ago: here with its first answer, up to its last look; and the
// first answer after that does not come.
async function answerLate(page) {
  let running = false;
  let more = 0;  // looks that are told that it runs though it has ended
  let first;
  let failed = false;
  await page.route("**/api/state", async (route) => {
    const response = await route.fetch();
    const state = await response.json();
    if (state.job?.running) more = 1;
    running = state.job?.running || more-- > 0;
    if (state.job) state.job.running = running;
    await route.fulfill({ response, json: state });
  });
  await page.route("**/api/inventory", async (route) => {
    if (running && first) return route.fulfill({ response: first });
    if (first && !failed) {
      failed = true;
      return route.fulfill({ status: 500, json: { error: { fault: "io", message: "" } } });
    }
    first = await route.fetch();
    await route.fulfill({ response: first });
  });
}

// What failed before is no reason to leave out what is dropped now: a large file, which comes alone in a round of its own.
async function afterAFailure(page) {
  await addPath(page, "/dev/null");
  await page.getByText("Reading stopped. What was read is kept.").waitFor();
  const image = join(home, "disk.img");
  const head = Buffer.from("no mailbox, and nothing that could be read");
  writeFileSync(image, Buffer.concat([head, Buffer.alloc((70 << 20) - head.length)]));
  await drop(page, image);
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.locator(".contents").getByText("disk.img").waitFor();
  await idle(page);
  assert.equal(await page.locator(".progress.wrong").count(), 0);
}

// Dropped before there is a case: it waits for one.
async function droppedFirst(desk, leak) {
  const page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await page.getByRole("heading", { name: "careo" }).waitFor();
  await drop(page, leak);
  await page.getByText("leak is added as soon as a case is made or opened.").waitFor();
  await fitToBeSeen(page, "dropped-first");
  await answerLate(page);
  await makeCase(page, "dropped");
  await everyPart(page);
  await page.locator(".contents").getByText("leak").waitFor();
  await page.unrouteAll();
  await afterAFailure(page);
  await page.getByRole("button", { name: "Lock", exact: true }).click();
  await page.getByRole("button", { name: "Open", exact: true }).waitFor();
  assert.equal(await page.getByText("as soon as").count(), 0);
  await page.context().close();
}

// A used link, in a browser that never came in.
async function usedLink(desk) {
  const page = await open(desk, "en-GB");
  await page.goto(desk.link);
  await page.getByText("This desk needs its link").waitFor();
  await fitToBeSeen(page, "needs-link");
  await page.context().close();
}

function manyMails(count) {
  const folder = join(home, "many");
  mkdirSync(folder);
  for (let i = 0; i < count; ++i) writeFileSync(join(folder, `${i}.eml`), `From: a@example.org\nSubject: mail ${i}\n\nNumber ${i}.\n`);
  return folder;
}
const small = join(sampleLeak("small", "--seed", "12", "--mails", "50", "--documents", "6"), "leak");
const large = join(sampleLeak("large", "--seed", "13", "--mails", "600", "--documents", "30"), "leak");
await run(async () => {
  let desk = await serve();
  await step("the demo, one click away, in Russian", () => demo(desk));
  await step("a used link", () => usedLink(desk));
  await desk.kill();
  await step("killed while a dropped folder is read", () => killedWhileAdding(large));
  desk = await serve();
  await step("locked while a folder is read", () => lockedWhileAdding(desk, large));
  await desk.kill();
  desk = await serve();
  await step("the browser gone while a folder is sent", () => goneWhileSending(desk, manyMails(1500), 1500));
  await desk.kill();
  await step("a full disk", () => diskFull(small));
  desk = await serve();
  let words = "";
  await step("two windows, one of them cut off", async () => {
    words = await twoWindows(desk, small);
  });
  await desk.kill();
  desk = await serve();
  await step("dropped before there is a case", () => droppedFirst(desk, small));
  await desk.kill();
  desk = await serve();
  await step("held by another process; opened by its recovery sheet", () => held(desk, words));
});

// The desk as a person meets it: a real browser against a real `careo serve`, by journeys. Started by run.sh, which says
// where everything is.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browser, elsewhere, fitToBeSeen, home, idle, open, passphrase, run, sampleLeak, serve, shots, step, tool } from "./stage.mjs";

const { CAREO_SHARED = "" } = process.env;

// At twice the size, as in a window half as wide and high: no thing lies over another, nothing is cut off.
async function atTwiceTheSize(page, name, inOrder) {
  await page.setViewportSize({ width: 640, height: 400 });
  await fitToBeSeen(page, `${name}-200`);
  const boxes = await Promise.all(inOrder.map((each) => page.locator(each).first().boundingBox()));
  boxes.slice(1).forEach((box, i) => assert.ok(boxes[i].y + boxes[i].height <= box.y + 1, `${inOrder[i + 1]} begins where ${inOrder[i]} ends`));
  await page.setViewportSize({ width: 1280, height: 800 });
}
// On paper, from a dark screen: no rail, no dark ground, the caveat; every line of a list, not the window's alone.
async function onPaper(page, name, look = async () => undefined) {
  await page.evaluate(() => (document.documentElement.dataset.light = "dark"));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.ok(await page.locator(".rail").isHidden() && (await page.locator(".printfoot").isVisible()), name);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)", name);
  await look();
  if (shots) await page.pdf({ path: join(shots, `paper-${name}.pdf`), format: "A4" });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await page.evaluate(() => (document.documentElement.dataset.light = "light"));
}

// What narrows a list says beside its name how many it leaves, and leaves them; pressed again it lets go.
async function byFilters(page) {
  await page.getByRole("link", { name: "Documentos", exact: true }).click();
  const left = (title) => page.locator(title).innerText().then((words) => (/^Un(a)? /.test(words) ? 1 : Number(words.replace(/\D/g, ""))));
  const becomes = (title, n) => page.waitForFunction(([title, n]) => {
    const words = document.querySelector(title)?.innerText ?? "";
    return (/^Un(a)? /.test(words) ? 1 : Number(words.replace(/\D/g, "") || NaN)) === n;
  }, [title, n]);
  const numberOn = (button) => button.locator("b").innerText().then((words) => Number(words.replace(/\D/g, "")));
  const lists = page.locator(".filters ul");
  await page.locator(".card.doc").first().waitFor();
  const all = await left("#docs-title");
  for (const [list, cell] of [[0, ".grade"], [1, ".line.dim > span:first-child"]]) {
    const buttons = lists.nth(list).locator("button:enabled");
    let sum = 0;
    for (let i = list === 0 ? 1 : 0; i < (await buttons.count()); ++i) {
      const button = buttons.nth(i);
      const n = await numberOn(button);
      const name = (await button.locator("span").last().innerText()).trim();
      await button.click();
      await becomes("#docs-title", n);
      assert.equal(await button.getAttribute("aria-pressed"), "true", name);
      for (const said of await page.locator(`.card.doc ${cell}`).allInnerTexts()) assert.ok(said.includes(name), `${said}, filtered by ${name}`);
      sum += n;
      await button.click();
      await becomes("#docs-title", all);
    }
    assert.equal(sum, all, "each document has a grade and an issuer");
  }
  // Two at once, found again after a reload; what nothing fits says so.
  const issuer = lists.nth(1).locator("button").first();
  await issuer.click();
  await becomes("#docs-title", await numberOn(issuer));
  const both = lists.nth(0).locator("button:enabled").nth(1);
  const n = await numberOn(both);
  await both.click();
  await becomes("#docs-title", n);
  await page.reload();
  await page.locator(".card.doc").first().waitFor();
  await becomes("#docs-title", n);
  await page.locator("#docs-text").fill("nobody is called that");
  await page.getByText("Ningún documento").or(page.locator(".gallery .empty")).first().waitFor();

  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill("de OR the");
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  const hits = await left("#hits-title");
  const counted = () => page.waitForFunction(() => [...document.querySelectorAll(".filters li b")].some((each) => /\d/.test(each.innerText)));
  for (const name of ["Clase", "Mes", "Idioma", "Remitente"]) {
    await counted();
    const button = page.locator(".filters").getByRole("heading", { name }).locator("xpath=following-sibling::ul[1]").locator("button").first();
    const narrowed = await numberOn(button);
    await button.click();
    await becomes("#hits-title", narrowed);
    assert.equal(await button.getAttribute("aria-pressed"), "true", name);
    await page.locator(".filters button[aria-pressed=true]").click();
    await becomes("#hits-title", hits);
    assert.equal(await page.locator(".top input").inputValue(), "de OR the");
  }
  // A month is narrowed by itself, not by a day of it.
  const date = await page.evaluate(async () => (await (await fetch("/api/search?q=kind%3Amail")).json()).rows.find((row) => row.date).date.slice(0, 10));
  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill(`date:${date}`);
  await page.keyboard.press("Enter");
  const month = page.locator(`.filters button[title="${date.slice(0, 7)}"]`);
  for (const [pressed, q] of [["true", `date:${date} date:${date.slice(0, 7)}`], ["false", `date:${date}`]]) {
    await page.waitForFunction((was) => document.querySelector(".filters button[title]") && document.querySelector(".top input").value === was, pressed === "true" ? `date:${date}` : `date:${date} date:${date.slice(0, 7)}`);
    await month.click();
    await page.waitForFunction((q) => document.querySelector(".top input").value === q, q);
    assert.equal(await month.getAttribute("aria-pressed"), pressed);
  }
}

// A mail says which others belong to its conversation; each of them leads to itself, and says the same.
async function alongTheThread(page) {
  const found = await page.evaluate(async () => {
    const { rows } = await (await fetch("/api/search?q=kind%3Amail&limit=100")).json();
    for (const [at, { trail }] of rows.entries()) {
      const answer = await (await fetch(`/api/conversation?trail=${encodeURIComponent(trail)}`)).json();
      if (answer.rows.length > 1) return { at, mails: answer.rows.length };
    }
  });
  assert.ok(found, "the leak holds a conversation");
  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill("kind:mail");
  await page.keyboard.press("Enter");
  await page.locator(".hit[aria-current]").waitFor();
  await page.locator(".hits .rows").focus();
  for (let i = 0; i < found.at; ++i) await page.keyboard.press("j");
  const thread = page.getByRole("region", { name: "La conversación" });
  await thread.locator("li").nth(found.mails - 1).waitFor();
  assert.equal(await thread.locator("li").count(), found.mails);
  assert.equal(await thread.locator("li[aria-current]").count(), 1, "the mail itself stands in it");
  const other = thread.locator("li:not([aria-current]) a").first();
  const subject = await other.locator("bdi").innerText();
  await other.click();
  await page.locator(".reader h2, .reader h1").filter({ hasText: subject }).first().waitFor();
  await page.waitForFunction((n) => document.querySelectorAll(".thread li").length === n, found.mails);
  assert.ok((await page.locator(".thread li[aria-current]").innerText()).includes(subject));
  await page.goBack();
  await page.locator(".hits .rows").waitFor();
}

// In Spanish: from nothing to an article confronted, with the mouse.
async function firstTenMinutes(desk, leak, article) {
  const page = await open(desk, "es-ES");
  await page.goto(desk.link);
  await page.getByRole("heading", { name: "careo" }).waitFor();
  await fitToBeSeen(page, "inicio");
  await page.getByLabel("Nombre del caso").fill("puerto");
  await page.getByLabel("Frase de paso", { exact: true }).fill(passphrase);
  await page.getByLabel("La misma otra vez").fill("another one entirely");
  await page.getByRole("button", { name: "Hacer el caso" }).click();
  await page.getByText("Las dos frases difieren.").waitFor();
  await page.getByLabel("La misma otra vez").fill(passphrase);
  await page.getByRole("button", { name: "Hacer el caso" }).click();
  await page.getByText("La hoja de recuperación", { exact: true }).waitFor();
  assert.match(await page.locator(".recovery").innerText(), /^([A-Z2-9]{4}-){7}[A-Z2-9]{4}$/);
  await fitToBeSeen(page, "hoja");
  await page.getByRole("button", { name: "La tengo; seguir" }).click();
  await page.getByText("El caso está vacío.").waitFor();

  // A folder through the browser, as if it were dropped.
  await page.getByRole("button", { name: "Añadir al caso" }).first().click();
  await fitToBeSeen(page, "anadir");
  await page.locator("input[webkitdirectory]").setInputFiles(leak);
  await page.locator("dialog").waitFor({ state: "detached" });
  await idle(page);
  await page.getByText("Sí. Todas las partes se leyeron.").waitFor();
  await page.getByText("cuadra", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Mostrarlos" }).click();
  assert.ok((await page.locator(".missing li").count()) > 0, "the missing mails are listed");
  await fitToBeSeen(page, "panorama");

  await page.getByRole("link", { name: "Documentos", exact: true }).click();
  await page.getByRole("heading", { name: /^\d+ documentos de identidad$/ }).waitFor();
  await page.locator(".card.doc .shot img").first().waitFor();
  await fitToBeSeen(page, "documentos");
  await page.locator(".card.doc").first().click();
  await page.getByRole("table", { name: "Lo que se leyó" }).waitFor();
  await page.locator(".stage svg .zonebox").waitFor();
  await fitToBeSeen(page, "documento");
  await page.setViewportSize({ width: 390, height: 844 });
  await fitToBeSeen(page, "documento-390");
  await page.setViewportSize({ width: 1280, height: 800 });
  const number = await page.locator(".fields tr").first().locator(".value").innerText();
  await page.getByRole("button", { name: "Poner con las pruebas" }).click();
  await page.getByRole("button", { name: /Copiar como frase/ }).click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`Documento ${number}.*no si es auténtico`));

  // Why a field says what it says, and a person's word on it: signed, shown beside the reading, taken back.
  await page.getByRole("button", { name: "Apellidos" }).click();
  await page.locator(".pixels img").waitFor();
  await page.getByText(/ningún dígito de control lo cubre/).waitFor();
  const surname = await page.locator(".fields tr.on .value").innerText();
  await page.getByRole("button", { name: "Corregir" }).click();
  await page.getByLabel("Lo que pone ahí: Apellidos").fill("<b>Ñandú</b>");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "¿Quién decide?" }).waitFor();
  await fitToBeSeen(page, "firma");
  await page.getByRole("textbox", { name: "¿Quién decide?" }).fill("Ana Ruiz");
  await page.getByRole("button", { name: "Firmar así" }).click();
  await page.getByText(/Puesto por Ana Ruiz/).waitFor();
  assert.equal(await page.locator(".fields tr.on .value").innerText(), "<b>Ñandú</b>");
  assert.equal(await page.locator(".fields tr.on s").innerText(), surname);
  await fitToBeSeen(page, "corregido");
  await page.getByRole("button", { name: "Deshacer" }).click();
  await page.waitForFunction((before) => document.querySelector(".fields tr.on .value")?.innerText === before, surname);

  // The place survives reload, back and forward, and its address tells nothing.
  const place = page.url();
  assert.ok(!decodeURIComponent(place).includes("src:") && !place.includes(number), place);
  await page.reload();
  await page.getByRole("table", { name: "Lo que se leyó" }).waitFor();
  assert.equal(page.url(), place);
  await page.goBack();
  await page.getByRole("heading", { name: /documentos de identidad$/ }).waitFor();
  await page.goForward();
  await page.getByRole("table", { name: "Lo que se leyó" }).waitFor();

  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill("pasaporte");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /^(Un|\d+) resultados?$/ }).waitFor();
  await page.locator(".reader h2").waitFor();
  await page.getByRole("button", { name: /^correo \d+$/ }).click();
  await page.waitForFunction(() => document.querySelector(".top input").value.includes("kind:mail"));
  await page.locator(".reader .headers").waitFor();
  await fitToBeSeen(page, "buscar");
  assert.ok((await page.locator("mark").count()) > 0, "what was looked for is marked");
  // The same in other languages: one click asks for it.
  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill("contrato");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "También en otros idiomas" }).click();
  await page.waitForFunction(() => document.querySelector(".top input").value === "~contrato");
  await page.getByRole("heading", { name: /^(Un|\d+) resultados?$/ }).waitFor();
  await page.getByRole("button", { name: "También en otros idiomas" }).waitFor({ state: "detached" });
  await page.getByRole("searchbox", { name: /Buscar correos/ }).fill('"');
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "La pregunta no se entiende" }).waitFor();
  await page.getByText("faltan unas comillas de cierre (carácter 1)").waitFor();

  await page.getByRole("link", { name: "Afirmaciones", exact: true }).click();
  await page.getByRole("button", { name: "Añadir un artículo" }).click();
  await page.getByText("Pegar un artículo").click();
  const again = "“Volvieron el 9 de mayo de 2023 a Santa Clara”, dijo Quiñonal.";
  await page.locator("dialog textarea").fill(`${article}\n\n${again}\n\n“Salieron el 3 de mayo de 2023 desde La Habana”, dijo Quiñonal.\n\n${again}\n`);
  await page.getByRole("button", { name: "Confrontarlo con el caso" }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await idle(page);
  await page.locator(".claim").first().waitFor();
  // When, where and by which chain, as far as the sentence says.
  await page.locator(".claim", { hasText: "Salieron el 3 de mayo" }).locator(".gist").click();
  const said = await page.locator(".claim.on .tested").first().innerText();
  for (const each of ["3 may 2023", "desde La Habana", "Quiñonal"]) assert.ok(said.includes(each), said);
  // What the article says twice has two marks, and what stands between them its own.
  const marks = await page.locator(".said").allInnerTexts();
  const placeOf = (words, from = 0) => marks.findIndex((mark, i) => i >= from && mark.includes(words));
  const [once, between] = [placeOf("Volvieron"), placeOf("Salieron")];
  assert.ok(once >= 0 && once < between && placeOf("Volvieron", between) > between, marks.join(" | "));
  assert.equal(await page.locator(".claim", { hasText: "Volvieron" }).count(), 2);
  await page.locator(".claim", { hasText: "Los pasaportes no son" }).locator(".gist").click();
  await page.locator(".claim.on .exhibits a").first().waitFor();
  // Every reason is said in the reader's language: none of the desk's English sentences stands in the page.
  for (const why of await page.locator(".claim .why").allInnerTexts()) assert.match(why, /^(El caso|Nada|Correos|Una negación|Quien habla|Un titular|No |Hallado|Estas|El primer|El último|La frase|Una acusación|Habla|Ninguno|«)/, why);
  await fitToBeSeen(page, "afirmaciones");
  await page.locator(".claim.on .exhibits a").first().click();
  await page.locator(".reader").waitFor();
  await fitToBeSeen(page, "parte");

  await byFilters(page);
  await alongTheThread(page);

  await page.getByRole("button", { name: /^Pruebas/ }).click();
  await page.getByRole("complementary", { name: "Pruebas" }).getByLabel("Nota").fill("para la redacción");
  const room = await page.locator(".reader").evaluate((reader) => reader.getBoundingClientRect().width);
  assert.ok(room > 300, `beside the exhibits the reader has ${room} pixels`);
  await fitToBeSeen(page, "pruebas");
  await page.getByRole("button", { name: "Cerrar con llave" }).click();
  await page.getByLabel("Frase de paso").fill("not this one at all");
  await page.getByRole("button", { name: "Abrir", exact: true }).click();
  await page.getByText("Eso no abre este caso.").waitFor();
  const cookies = await page.context().cookies();
  await page.context().close();
  return cookies;
}

// In English, by keyboard alone: unlock, go everywhere, lock. The second window of one desk needs no second link.
async function byKeyboard(desk, cookies) {
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  await page.goto(desk.origin + "/");
  await page.getByLabel("Passphrase").waitFor();
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const reach = async (test) => {
    for (let i = 0; i < 60; ++i) {
      if (await page.evaluate(test)) return;
      await press("Tab");
    }
    assert.fail(`not to be reached by Tab: ${test}`);
  };
  await reach(() => document.activeElement?.type === "password");
  await page.keyboard.type(passphrase);
  await press("Enter");
  await page.getByRole("heading", { name: "Yes. Every part was read." }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Persons in documents" }).waitFor();  // tiles are reached from heading to heading
  await press("Control+k");
  await page.keyboard.type("docum");
  await fitToBeSeen(page, "palette");
  await press("Enter");
  await page.locator(".card.doc").first().waitFor();
  const documents = Number((await page.locator("#docs-title").innerText()).replace(/\D/g, ""));
  await onPaper(page, "documents", async () => assert.equal(await page.locator(".card.doc").count(), documents));
  await atTwiceTheSize(page, "documents", [".unfold", "#docs-title", ".rows"]);
  await reach(() => document.activeElement?.classList.contains("rows"));
  await press("ArrowRight", "Enter");
  await page.getByRole("table", { name: "What was read" }).waitFor();
  await page.getByRole("img", { name: /^[A-Z0-9<]{30,}/ }).first().waitFor();  // a line of the zone is read aloud as one
  await atTwiceTheSize(page, "document", [".viewer h1", ".viewer .tools", ".viewer .stage", ".viewer .facts"]);
  await onPaper(page, "document", async () => {
    assert.deepEqual(await page.locator(".fields .value.secret, h1 .secret").evaluateAll((all) => all.map((each) => getComputedStyle(each).fontSize).filter((size) => size !== "0px")), [], "names and numbers are masked");
    assert.ok(await page.locator(".stage .sheet").isHidden() && (await page.locator(".trailonpaper").first().isVisible()));
  });
  const first = await page.locator("h1").innerText();
  await press("j");
  await page.waitForFunction((before) => document.querySelector("h1")?.innerText !== before, first);
  // One key makes two persons one, the next takes it back; the count follows, and both words stay to be seen.
  const persons = async (words) => Number(/At least (\d+) persons/.exec(await page.getByText(words).innerText())[1]);
  await press("m");
  await page.locator(".palette li").first().waitFor();
  await fitToBeSeen(page, "same-person");
  await press("Enter");
  const joined = await persons(/^Decided\. At least/);
  await page.getByText("Ana Ruiz decided that they are one").waitFor();
  await press("u");
  assert.ok((await persons(/^Taken back\. At least/)) > joined);
  await page.locator(".wordlist li").nth(1).waitFor();
  assert.deepEqual(await page.locator(".wordlist li").evaluateAll((all) => all.map((each) => each.className)), ["", "past"]);
  await press("r");
  await page.getByRole("button", { name: "Looked through", exact: false, pressed: true }).waitFor();
  await fitToBeSeen(page, "decided");
  await press("r");
  await page.getByRole("button", { name: "Mark as looked through" }).waitFor();
  await press("e", "t");
  await page.getByRole("complementary", { name: "Exhibits" }).waitFor();
  await press("Escape", "Escape", "g", "s", "/");
  await page.keyboard.type("contrato");
  await press("Enter");
  await page.locator(".hit[aria-current=true]").waitFor();
  await onPaper(page, "search");
  await atTwiceTheSize(page, "search", [".unfold", "#hits-title", ".rows"]);
  await reach(() => document.activeElement?.classList.contains("rows"));
  await press("j");
  await page.waitForFunction(() => document.querySelectorAll(".hit")[1]?.getAttribute("aria-current") === "true");
  await press("g", "c");
  await page.locator(".claim").first().waitFor();
  await onPaper(page, "claims");
  await atTwiceTheSize(page, "claims", [".paper", ".verdicts"]);
  await reach(() => document.activeElement?.classList.contains("said"));
  await press("Enter");
  await page.locator(".claim.on").waitFor();
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).boxShadow), "none", "focus is seen");
  await press("g", "o");
  await page.getByRole("heading", { name: "Yes. Every part was read." }).waitFor();
  await onPaper(page, "overview");
  await atTwiceTheSize(page, "overview", [".question", ".answers"]);
  // The other languages and the dark: every page still passes.
  for (const [language, light] of [["ru", "dark"], ["uk", "dark"]]) {
    await page.evaluate(([language, light]) => {
      localStorage.setItem("careo-language", language);
      localStorage.setItem("careo-light", light);
    }, [language, light]);
    await page.reload();
    await page.locator(".rail").waitFor();
    await press("g", "o");
    await page.locator(".tile").first().waitFor();
    await fitToBeSeen(page, `overview-${language}`);
    await press("g", "d");
    await page.locator(".card.doc").first().waitFor();
    await fitToBeSeen(page, `documents-${language}`);
    await press("g", "c");
    await page.locator(".claim").first().waitFor();
    await fitToBeSeen(page, `claims-${language}`);
  }
  await page.context().close();
}

// A table of two thousand rows stands there by hundreds, beginning with what was looked for, marked in its cell; what a workbook's
// cells hold is left as it is.
// A mail's way through servers is told with its delays, folded until it is what was looked for; so are other fields.
async function aMailsWay(page) {
  await page.getByRole("searchbox").fill("kind:mail source:stick");
  await page.keyboard.press("Enter");
  await page.locator(".reader .headers").first().waitFor();
  const way = page.locator(".reader details", { hasText: "Its way: 3 servers" });
  assert.equal(await way.getAttribute("open"), null);
  assert.match(await way.locator("summary").innerText(), /the times contradict/);
  assert.match(await page.locator(".reader .headers").first().innerText(), /Bcc\s+hidden@example\.org/);
  await page.getByRole("searchbox").fill("header:relay.example source:stick");
  await page.keyboard.press("Enter");
  await page.locator(".reader details[open] table.way").waitFor();
  const rows = await page.locator("table.way tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.innerText)));
  assert.deepEqual(rows.map((row) => row[3]), ["relay.example", "in.example.org", "store.example.org"], "from the first server to the last");
  assert.ok(/^2 sec/.test(rows[0][1]) && /^5 min/.test(rows[1][1]) && /^[-\u2212]3 min/.test(rows[2][1]), rows.map((row) => row[1]).join());
  assert.match(rows[0][2], /laptop.*192\.0\.2\.7/s);
  await page.getByText("other header field", { exact: false }).first().click();
  await page.getByText("198.51.100.23").waitFor();
  await fitToBeSeen(page, "mail-way");
  await atTwiceTheSize(page, "mail-way", [".reader .headers", ".reader .way", ".reader .prose"]);
}

// Each table of a database stands by itself, and a log says of each group why it is there.
async function aDatabase(page) {
  let log = false;
  const reading = (kind, value, page) => ({ trail: "src:0000000000000000/path:a", kind, grade: "checked", reader: "t/1", raw: "", value, ...(page && { page }) });
  await page.route("**/api/part?**", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const pieces = log
      ? ["[write-ahead log: newer than the database beside it]\n[message, frame 2]\nid\tbody\n7\tnewest", "[write-ahead log: no longer, or not yet, in the database]\n[page 5, frame 1: before it was changed]\n7\tas it was"]
      : ["message\nid\tbody\n1\tone\n2\ttwo", "contact\nid\tname\n1\tAna"];
    const text = pieces.join("\n");
    const texts = pieces.map((piece, i) => ({ page: i + 1, grade: "checked", begin: text.indexOf(piece), end: text.indexOf(piece) + piece.length }));
    const readings = log
      ? [reading("database_log", { page_size: 4096, frames: 2, committed: 2, uncommitted: 0, left_over: 0, rows: 2 })]
      : [reading("table", { sheet: "message", rows: 3, heads: true }, 1), reading("table", { sheet: "contact", rows: 2, heads: true }, 2), reading("database", { pages: 3, tables: [{ name: "message", rows: 2 }, { name: "contact", rows: 1 }] })];
    answer.part.media_type = log ? "application/x-sqlite3-wal" : "application/vnd.sqlite3";
    await route.fulfill({ response, json: { ...answer, text, text_from: 0, text_total: text.length, text_at: 0, texts, readings } });
  });
  const cells = () => page.locator(".reader table.sheet tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  await page.reload();
  await page.getByRole("button", { name: "message 2", pressed: true }).waitFor();
  assert.deepEqual(await cells(), [["id", "body"], ["1", "one"], ["2", "two"]]);
  await page.getByRole("button", { name: "contact 1" }).click();
  assert.deepEqual(await cells(), [["id", "name"], ["1", "Ana"]]);
  await page.getByText("Database", { exact: false }).first().click();
  await fitToBeSeen(page, "database");
  log = true;
  await page.reload();
  await page.getByRole("button", { name: "Newer than the database", pressed: true }).waitFor();
  assert.deepEqual(await cells(), [["id", "body"], ["7", "newest"]]);
  await page.getByRole("button", { name: "No longer in it, or not yet" }).click();
  await page.getByRole("heading", { name: "page 5, frame 1: before it was changed" }).waitFor();
  assert.deepEqual(await cells(), [["7", "as it was"]]);
  await fitToBeSeen(page, "database-log");
  await page.unroute("**/api/part?**");
}

async function aLongTable(page) {
  const rows = Array.from({ length: 2000 }, (_, i) => (i === 1499 ? '"Ромашка" ООО\t"open' : `line ${i + 1}\tpaid`));
  await page.route("**/api/part?**", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const text = ["name\tstate", ...rows].join("\n") + "\n";
    answer.part.media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    await route.fulfill({ response, json: { ...answer, text, text_total: text.length, readings: [] } });
  });
  await page.getByRole("searchbox").fill("kind:sheet source:stick (Ромашка OR name)");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#hits-title")?.innerText === "One hit");
  await page.reload();
  await page.getByText("rows 1,201–1,500 of 2,000").waitFor();
  const last = page.locator(".reader table.sheet tr").last().locator("td");
  assert.deepEqual(await last.allTextContents(), ['"Ромашка" ООО', '"open']);
  assert.equal(await last.locator("mark").innerText(), "Ромашка");
  await fitToBeSeen(page, "long-table");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("rows 1,501–1,800 of 2,000").waitFor();
  assert.equal(await page.locator(".reader table.sheet td").first().innerText(), "line 1501");
  await page.unroute("**/api/part?**");
}

// An answer that comes late is of the place that was left, and changes nothing where one is now.
async function lateAnswers(desk, cookies) {
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  await page.goto(desk.origin + "/");
  const names = () => page.locator(".contents tbody tr a").allInnerTexts();
  await page.locator(".contents a").first().waitFor();
  const sources = await names();
  // On a busy machine a key or a click may come while the page is being made anew, as a person's does: done once more then.
  const held = async (address, deed) => {
    let come;
    const late = new Promise((resolve) => (come = resolve));
    await page.route(address, come, { times: 1 });
    for (let tries = 0; tries < 5; ++tries) {
      await deed();
      const route = await Promise.race([late, new Promise((over) => setTimeout(over, 10_000))]);
      if (route) return route;
    }
    throw new Error(`no request for ${address}`);
  };
  const settle = () => page.evaluate(() => new Promise((over) => requestAnimationFrame(() => requestAnimationFrame(over))));
  const inside = await held("**/api/contents?trail**", () => page.locator(".contents a").first().click());
  assert.deepEqual(await names(), sources);
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await Promise.all([page.waitForResponse(/contents\?trail/), inside.continue()]);
  await settle();
  assert.deepEqual(await names(), sources, "what is inside a source that was left");
  // A hit that was left: while it has not come what is put with the exhibits has its own name, and its fault is nobody's.
  await page.getByRole("searchbox").fill("kind:mail");
  await page.keyboard.press("Enter");
  await page.locator(".reader h2").waitFor();
  const hits = await page.evaluate(async () => (await (await fetch("/api/search?q=kind%3Amail")).json()).rows);
  await page.waitForFunction((title) => document.querySelector(".reader h2")?.textContent === title, hits[0].title);
  const second = await held((url) => url.pathname === "/api/part" && url.searchParams.get("trail") === hits[1].trail, async () => {
    await page.locator(".hits .rows").focus();
    await page.keyboard.press("j");
  });
  const [put] = await Promise.all([page.waitForRequest((request) => request.url().endsWith("/api/tray") && request.method() === "POST"),
    page.locator(".reader .tools button").first().evaluate((button) => button.click())]);
  assert.deepEqual(put.postDataJSON(), { change: "put", trail: hits[0].trail, title: hits[0].title });
  await page.keyboard.press("j");
  await page.waitForFunction((title) => document.querySelector(".reader[aria-busy=false] h2")?.textContent === title, hits[2].title);
  await second.fulfill({ status: 500, json: { error: { fault: "io", message: "" } } });
  await settle();
  assert.equal(await page.locator(".reader h2").textContent(), hits[2].title);
  await page.context().close();
}

// What a terminal adds while the desk has the case is read at the desk; then text out of pictures, each word in its place.
async function besideATerminal(desk, cookies) {
  const folder = join(home, "stick");
  mkdirSync(folder);
  const picture = await browser.newPage({ viewport: { width: 900, height: 320 } });
  await picture.setContent(`<body style="margin:40px;font:30px/2 'DejaVu Serif'">The ministry confirmed the cooperation agreement.<br>Harbour pilots were informed on Thursday morning.<br>The staffing office answered no questions.`);
  await picture.screenshot({ path: join(folder, "notice.png") });
  // And a picture without words, with a copy of it half as large.
  await picture.setContent(`<body style="margin:0;height:320px;background:conic-gradient(at 30% 40%,#123,#fed,#567,#123)"><p style="position:absolute;left:500px;top:60px;width:200px;height:180px;background:repeating-linear-gradient(35deg,#a32 0 30px,#fff 30px 70px)">`);
  const mole = await picture.screenshot({ path: join(folder, "mole.png") });
  await picture.setViewportSize({ width: 450, height: 160 });
  await picture.setContent(`<body style="margin:0"><img style="display:block" width="450" src="data:image/png;base64,${mole.toString("base64")}">`);
  await picture.screenshot({ path: join(folder, "copy-of-the-mole.jpg"), type: "jpeg", quality: 60 });
  await picture.close();
  writeFileSync(join(folder, "payments.csv"), 'name;"paid; where";amount\r\n"Ana ""la rubia"" Ruiz";"Puerto; north\npier";4,50\r\nLuis;;3\r\n');
  mkdirSync(join(folder, "nothing in here"));
  writeFileSync(join(folder, "way.eml"), ["Received: from in.example.org by store.example.org; Thu, 28 Sep 2023 10:02:00 +0000", "Received: from relay.example by in.example.org; Thu, 28 Sep 2023 10:05:02 +0000",
    "Received: from laptop (laptop.lan [192.0.2.7]) by relay.example; Thu, 28 Sep 2023 10:00:02 +0000", "From: Ana <ana@example.org>", "To: luis@example.org", "Bcc: hidden@example.org",
    "Date: Thu, 28 Sep 2023 12:00:00 +0200", "Subject: quarterly", "Message-ID: <way@example.org>", "X-Originating-IP: [198.51.100.23]", "", "The figures.", ""].join("\r\n"));
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  await page.goto(desk.origin + "/");
  const parts = async () => Number((await page.locator(".legend td").first().innerText()).replace(/\D/g, ""));
  await page.locator(".legend").waitFor();
  const before = await parts();
  const added = spawnSync(tool("careo"), ["add", join(home, "careo", "puerto"), folder], { env: { ...process.env, HOME: home, CAREO_KEY_FILE: "" } });
  assert.equal(added.status, 0, String(added.stderr));
  assert.match(String(added.stdout), /^handed to the desk/);
  await page.waitForFunction((count) => Number(document.querySelector(".legend td")?.innerText.replace(/\D/g, "")) === count, before + 5);
  await idle(page);
  await page.getByText("One empty folder").click();
  await page.getByText("nothing in here", { exact: true }).waitFor();
  await fitToBeSeen(page, "empty-folders");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("text in pictures");
  await page.keyboard.press("Enter");
  await page.locator(".progress progress").waitFor();
  await idle(page);
  await page.getByRole("searchbox").fill("cooperation source:stick");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "One hit", exact: true }).waitFor();
  await page.getByRole("button", { name: /^stick \d+$/, pressed: true }).waitFor();
  await page.locator(".wordsover rect").waitFor();
  // The box lies where the word was drawn: in the first line, in its second half.
  const [over, box] = await Promise.all([page.locator(".wordsover").boundingBox(), page.locator(".wordsover rect").boundingBox()]);
  const [x, y] = [(box.x + box.width / 2 - over.x) / over.width, (box.y + box.height / 2 - over.y) / over.height];
  assert.ok(x > 0.45 && x < 0.75 && y > 0.1 && y < 0.35, `the word lies at ${x}, ${y}`);
  assert.match(await page.evaluate(() => {
    const text = document.querySelectorAll(".wordsover text")[1];
    getSelection().selectAllChildren(text);
    return String(getSelection());
  }), /Harbour pilots were informed on Thursday morning\./);
  await fitToBeSeen(page, "words-over-picture");
  // What is nearly the same is named with what was done to it, and reached by the keyboard; there the way leads back.
  await page.getByRole("searchbox").fill("name:mole.png");
  await page.keyboard.press("Enter");
  const near = page.getByRole("region", { name: "Nearly the same" });
  await near.getByText("nearly the same picture, smaller (50 %)").waitFor();
  await fitToBeSeen(page, "relatives");
  await near.getByRole("link", { name: /copy-of-the-mole/ }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".page.alone .reader h2", { hasText: "copy-of-the-mole.jpg" }).waitFor();
  await near.getByRole("link", { name: /mole\.png .*nearly the same picture, larger \(200 %\)/ }).waitFor();
  // A table is a table, whatever stands in its cells; its bytes come as a file of its own name, never into the page.
  await page.getByRole("searchbox").fill("kind:sheet source:stick");
  await page.keyboard.press("Enter");
  await page.locator(".reader table.sheet").waitFor();
  assert.deepEqual(await page.locator("table.sheet tr").evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))),
    [["name", "paid; where", "amount"], ['Ana "la rubia" Ruiz', "Puerto; north\npier", "4,50"], ["Luis", "", "3"]]);
  await fitToBeSeen(page, "table");
  await aLongTable(page);
  await aMailsWay(page);
  await aDatabase(page);
  await page.getByRole("searchbox").fill("kind:sheet source:stick");
  await page.keyboard.press("Enter");
  await page.locator(".reader table.sheet").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Original file" }).click()]);
  assert.equal(download.suggestedFilename(), "payments.csv");
  assert.equal(readFileSync(await download.path(), "utf8"), readFileSync(join(folder, "payments.csv"), "utf8"));
  await page.context().close();
}

// Every naughty string, and markup that would run, as subject, body, sender, file name and note: nothing runs, no
// request leaves, no page grows wider than the window.
function hostileMailbox(folder) {
  const list = join(CAREO_SHARED, "data/hostile/naughty-strings.txt");
  const strings = CAREO_SHARED && existsSync(list) ? readFileSync(list, "utf8").split("\n").filter((line) => line && !line.startsWith("#")) : [];
  if (!strings.length) console.log("SKIPPED: the naughty strings are not here; only our own payloads are used");
  strings.unshift(
    "<script>window.ran=1</script>", `<img src=x onerror="window.ran=1"><img src="${elsewhere}/a.png">`, `"><svg onload=window.ran=1>`,
    "javascript:window.ran=1", `<style>@import "${elsewhere}/b.css";*{display:none}</style>`, `<iframe src="${elsewhere}"></iframe>`,
    `<base href="${elsewhere}/">`, `<meta http-equiv="refresh" content="0;url=${elsewhere}">`, "{{constructor.constructor('window.ran=1')()}}", "${window.ran=1}",
    "\u202Egpj.exe", "a\u0000b\u0007c\u001b[31m", "\u2066\u2067nested\u2069", "x".repeat(4000), "ﷺ".repeat(200), "Z̸̧͓̞a̶͉̓l̷̫̕g̵̰͐o̷".repeat(40),
  );
  const word = (text) => `=?utf-8?B?${Buffer.from(text.slice(0, 2000)).toString("base64")}?=`;
  let box = "";
  strings.forEach((text, i) => {
    box += `From a@b.example Thu Sep 28 10:00:00 2023\nFrom: ${word(text)} <n${i}@naughty.example>\nTo: desk@example.org\nDate: Thu, 28 Sep 2023 10:${String(i % 60).padStart(2, "0")}:00 +0000\n`;
    box += `Subject: ${word(text)}\nMessage-ID: <n${i}@naughty.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\nContent-Type: text/${i % 2 ? "html" : "plain"}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n`;
    box += `${Buffer.from(`zqx ${text}`).toString("base64").replace(/.{76}/g, "$&\n")}\n--b${i}\nContent-Type: text/plain; charset=utf-8; name="${word(text)}"\nContent-Disposition: attachment; filename="${word(text)}"\n\nzqx inside\n--b${i}--\n\n`;
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "<img src=x onerror=window.ran=1>.mbox"), box);
  writeFileSync(join(folder, "\u202Egpj.exe"), "zqx");
  writeFileSync(join(folder, "torn.zip"), "PK\u0003\u0004 and no more");
  // As names of files, as far as a disk takes them.
  const names = join(folder, "names");
  mkdirSync(names);
  for (const text of strings) {
    const name = Buffer.from(text.replace(/[/\0]/g, "∕")).subarray(0, 240).toString().replace(/\uFFFD+$/, "");
    if (name && name !== "." && name !== "..") writeFileSync(join(names, name), `zqy ${text}`);
  }
  return strings;
}

async function nothingRuns(desk, cookies) {
  const folder = join(home, "hostile");
  const strings = hostileMailbox(folder);
  const count = strings.length;
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  await page.goto(desk.origin + "/");
  await page.locator(".rail").waitFor();
  await page.keyboard.press("a");
  await page.getByLabel("Or a path on this machine").fill(folder);
  await page.getByLabel("How was it received?").fill("<img src=x onerror=window.ran=1>");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await idle(page);
  const narrow = async (where) => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${where} grew ${wide} pixels`);
    assert.equal(await page.evaluate(() => window.ran), undefined, `something ran: ${where}`);
  };
  await page.goto(desk.origin + "/");
  // What could not be read is read again when asked, and the account of it stands as it did.
  const torn = page.locator(".reason").first();
  const account = await torn.innerText();
  await page.getByRole("button", { name: "Read these again" }).click();
  await idle(page);
  await page.waitForFunction((before) => document.querySelector(".reason")?.innerText === before, account);
  await page.locator(".contents a").last().click();
  await page.locator(".contents a", { hasText: "onerror" }).first().click();
  await page.locator(".contents tbody tr").nth(Math.min(40, count - 1)).waitFor();
  await narrow("the list of hostile names");
  await page.getByRole("searchbox").fill("zqx kind:mail");
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  assert.ok(Number((await page.locator("#hits-title").innerText()).replace(/\D/g, "")) >= count * 0.95, "hostile mails are found");
  await fitToBeSeen(page, "hostile");
  // Down the whole list, reading as one goes: rows are drawn, mails opened.
  await page.locator(".hits .rows").focus();
  for (let i = 0; i < 120; ++i) await page.keyboard.press(i % 6 ? "ArrowDown" : "j");
  await page.locator(".reader h2").waitFor();
  await narrow("the hostile reader");
  for (let top = 0; top < count * 98; top += 700) await page.evaluate((top) => (document.querySelector(".hits .rows").scrollTop = top), top);
  await narrow("the end of the hostile list");
  await page.getByRole("searchbox").fill("zqy");
  await page.keyboard.press("Enter");
  await page.waitForFunction((least) => Number(document.querySelector("#hits-title")?.innerText.replace(/\D/g, "")) >= least, new Set(strings).size * 0.9);
  await page.locator(".hits .rows").focus();
  for (let i = 0; i < 40; ++i) await page.keyboard.press(i % 6 ? "ArrowDown" : "j");
  await narrow("files with hostile names");
  // As notes and titles of exhibits: each as a person would have typed it.
  const takeAll = () => page.evaluate(async () => {
    const { word } = await (await fetch("/api/state")).json();
    for (const { trail } of (await (await fetch("/api/tray")).json()).rows) await fetch("/api/tray", { method: "POST", headers: { "X-Careo": word }, body: JSON.stringify({ change: "take", trail }) });
  });
  await takeAll();
  await page.evaluate(async (strings) => {
    const { word } = await (await fetch("/api/state")).json();
    const trail = (i) => `src:0000000000000000/path:${i}`;
    for (const [i, text] of strings.entries()) await fetch("/api/tray", { method: "POST", headers: { "X-Careo": word }, body: JSON.stringify({ change: "put", trail: trail(i), title: text, note: text }) });
  }, strings);
  await page.reload();
  await page.locator(".rail").waitFor();
  await page.keyboard.press("t");
  await page.locator(".tray li").nth(count - 1).waitFor();
  assert.equal(await page.getByLabel("Note").nth(0).inputValue(), strings[0]);
  await narrow("hostile notes");
  await takeAll();
  await page.reload();
  await page.getByRole("button", { name: "Put with the exhibits" }).first().click();
  await page.keyboard.press("t");
  await page.getByLabel("Note").last().fill("<img src=x onerror=window.ran=1>");
  await page.keyboard.press("Enter");
  await page.reload();
  await page.locator(".rail").waitFor();
  await narrow("after reload");
  await page.context().close();
}

// plan.txt ("The convoy leaves the pier at dawn.") and list.txt, locked with "open sesame" by Info-ZIP.
const lockedArchive =
  "UEsDBAoACQAAAAAAPFe5rDkOMAAAACQAAAAIAAAAcGxhbi50eHS7NvLv3eXSriwoSqFljxqkJtNsuhaVohvhb9Blt4YImaPbPLu9fAHitpgRhLz1i+VQSwcIuaw5DjAAAAAkAAAAUEsDBAoACQAAAAAAPFeOscupIAAAABQAAAAIAAAAbGlzdC50eHTc3yZfWmpm/pi6b0wMyZBkQSvUHqcaZo/kSMKfHhiUP1BLBwiOscupIAAAABQAAABQSwECHgMKAAkAAAAAADxXuaw5DjAAAAAkAAAACAAAAAAAAAABAAAApIEAAAAAcGxhbi50eHRQSwECHgMKAAkAAAAAADxXjrHLqSAAAAAUAAAACAAAAAAAAAABAAAApIFmAAAAbGlzdC50eHRQSwUGAAAAAAIAAgBsAAAAvAAAAAAA";

// What is locked says so, and takes the words that may open it: in no address, answer or storage, and nothing of them stays.
async function whatIsLocked(desk, cookies) {
  const folder = join(home, "safe");
  mkdirSync(folder);
  writeFileSync(join(folder, "locked.zip"), Buffer.from(lockedArchive, "base64"));
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  const told = [];
  page.on("request", (request) => told.push(request.url()));
  page.on("response", (response) => void response.text().then((text) => response.url().includes("/api/") && told.push(text), () => undefined));
  page.on("console", (message) => told.push(message.text()));
  await page.goto(desk.origin + "/");
  await page.locator(".rail").waitFor();
  await page.keyboard.press("a");
  await page.getByLabel("Or a path on this machine").fill(folder);
  await page.getByRole("button", { name: "Read it" }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
  await idle(page);
  await page.locator(".reason", { hasText: /failed\s*locked/ }).click();
  const field = page.getByLabel("Passwords that may open it, one a line");
  const attempt = async (words) => {
    await field.fill(words);
    await page.getByRole("button", { name: "Try them" }).click();
  };
  await attempt("not this one");
  const form = page.locator(".unlock");
  await form.getByText("None of these passwords opened anything.").waitFor();
  await page.locator(".rail .progress", { hasText: "None of these passwords opened anything." }).waitFor();
  assert.equal(await field.inputValue(), "", "the words do not stay");
  assert.equal(await field.evaluate((each) => getComputedStyle(each).webkitTextSecurity), "disc", "nobody reads along");
  await page.getByRole("button", { name: "Show what I type" }).click();
  assert.equal(await field.evaluate((each) => getComputedStyle(each).webkitTextSecurity), "none");
  await fitToBeSeen(page, "locked-overview");
  await attempt("x".repeat(2000));
  await form.getByText("at most 1000 lines of UTF-8").waitFor();

  await page.locator(".reasons").getByRole("link", { name: "plan.txt" }).click();
  await page.locator(".reader .unlock").waitFor();
  assert.equal(await page.getByText("There is no text in it.").count(), 0, "nobody knows that yet");
  for (const light of ["dark", "light"]) {
    await page.evaluate((light) => (document.documentElement.dataset.light = light), light);
    await fitToBeSeen(page, `locked-${light}`);
  }
  await atTwiceTheSize(page, "locked", [".reader header", ".reader .unlock"]);
  // Only the desk's own page may ask, and never by an address.
  assert.deepEqual(await page.evaluate(async () => [
    (await fetch("/api/unlock", { method: "POST", body: JSON.stringify({ passwords: "x" }) })).status, (await fetch("/api/unlock?passwords=x")).status,
  ]), [403, 404]);
  await attempt("not this one\nopen sesame\n");
  await page.locator(".rail .progress", { hasText: "2 of 2 locked parts were opened." }).waitFor();
  // What stood for the locked bytes stands no more: one is at the archive, and what is in it is found.
  await page.locator(".reader h2", { hasText: "locked.zip" }).waitFor();
  await page.locator(".reader .attachments a", { hasText: "plan.txt" }).waitFor();
  assert.equal(await page.locator(".unlock").count(), 0);
  await fitToBeSeen(page, "unlocked");
  await page.getByRole("searchbox").fill("convoy source:safe");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "One hit", exact: true }).waitFor();
  told.push(await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state])));
  for (const word of ["open sesame", "open%20sesame", "not this one"]) assert.ok(!told.some((each) => each.includes(word)), word);
  await page.context().close();
}

// A million hits, made up: the first and the last are both reached, and none between is left out as one goes down.
async function aMillionHits(desk, cookies) {
  const page = await open(desk, "en-GB");
  await page.context().addCookies(cookies);
  const total = 1_000_000;
  const hit = (i) => ({ trail: `src:0000000000000000/path:${i}`, title: `hit ${i}`, date: "", score: 1, snippet: "", marks: [], kind: "mail", sender: "" });
  await page.route("**/api/search?**", (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get("offset"));
    return route.fulfill({ json: { total, ranked: false, rows: Array.from({ length: Math.min(100, total - offset) }, (_, i) => hit(offset + i)) } });
  });
  await page.goto(desk.origin + "/");
  await page.getByRole("searchbox").fill("everything");
  await page.keyboard.press("Enter");
  await page.getByText("hit 0", { exact: true }).waitFor();
  const inSight = () => page.locator(".hits .hit .title").evaluateAll((all) => {
    const box = document.querySelector(".hits .rows").getBoundingClientRect();
    return all.filter((each) => each.getBoundingClientRect().top >= box.top && each.getBoundingClientRect().bottom <= box.bottom).map((each) => Number(each.innerText.replace(/\D/g, "")));
  });
  await page.locator(".hits .rows").focus();
  for (let i = 1; i <= 30; ++i) {
    await page.keyboard.press("j");
    await page.waitForFunction((i) => {  // the list follows a frame later
      const title = document.querySelector(".hit[aria-current=true] .title");
      const at = title?.getBoundingClientRect(), box = document.querySelector(".hits .rows").getBoundingClientRect();
      return title?.innerText === `hit ${i}` && at.top >= box.top && at.bottom <= box.bottom;
    }, i);
  }
  await page.evaluate(() => (document.querySelector(".hits .rows").scrollTop = 1e9));
  await page.getByText(`hit ${total - 1}`, { exact: true }).waitFor();
  const last = await inSight();
  assert.equal(last.at(-1), total - 1);
  assert.deepEqual(last, last.map((_, i) => last[0] + i), "no row is left out");
  await page.context().close();
}

// The program listens on this machine, answers the browser, and has no other socket: not to anywhere.
function noOtherSocket(desk) {
  const own = new Set(readdirSync(`/proc/${desk.program.pid}/fd`).map((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${desk.program.pid}/fd/${fd}`))?.[1];
    } catch {
      return undefined;  // closed meanwhile
    }
  }));
  let seen = 0;
  for (const kind of ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"])
    for (const line of readFileSync(`/proc/${desk.program.pid}/net/${kind}`, "utf8").trim().split("\n").slice(1)) {
      const words = line.trim().split(/\s+/);
      if (!own.has(words[9])) continue;
      ++seen;
      assert.equal(words[1], `0100007F:${desk.port.toString(16).toUpperCase().padStart(4, "0")}`, `${kind}: ${line}`);
    }
  assert.ok(seen > 0, "its own socket was not seen: the look for others sees nothing");
}

const sample = sampleLeak("sample", "--seed", "11", "--mails", "60", "--documents", "12");
const article = readFileSync(join(sample, "articles/spanish.txt"), "utf8");
await run(async () => {
  const desk = await serve();
  let cookies = [];
  await step("a journey in Spanish", async () => {
    cookies = await firstTenMinutes(desk, join(sample, "leak"), article);
  });
  await step("a journey in English by keyboard alone", () => byKeyboard(desk, cookies));
  await step("beside a terminal", () => besideATerminal(desk, cookies));
  await step("hostile words", () => nothingRuns(desk, cookies));
  await step("what is locked", () => whatIsLocked(desk, cookies));
  await step("answers that come late", () => lateAnswers(desk, cookies));
  await step("a million hits", () => aMillionHits(desk, cookies));
  await step("no socket but its own", () => noOtherSocket(desk));
});

// The catalogs of words: the same keys in all four languages, the same names to fill in, every plural form that the
// language has, and no word in the page that no catalog knows. Run as: node words.mjs WEB_DIR
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [web] = process.argv.slice(2);
const languages = ["en", "es", "ru", "uk"];
const catalogs = Object.fromEntries(languages.map((code) => [code, JSON.parse(readFileSync(join(web, "src/words", `${code}.json`), "utf8"))]));
const wrong = [];
const namesIn = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort().join(" ");
const keys = Object.keys(catalogs.en);

for (const code of languages) {
  for (const key of new Set([...keys, ...Object.keys(catalogs[code])])) {
    const [here, english] = [catalogs[code][key], catalogs.en[key]];
    if (here === undefined || english === undefined) {
      wrong.push(`${code}: ${key} is ${here === undefined ? "missing" : "nowhere else"}`);
      continue;
    }
    if (typeof here !== typeof english) wrong.push(`${code}: ${key} has a plural in one language and none in another`);
    if (typeof here === "string") {
      if (!here.trim()) wrong.push(`${code}: ${key} is empty`);
      if (namesIn(here) !== namesIn(english)) wrong.push(`${code}: ${key} fills in {${namesIn(here)}}, English {${namesIn(english)}}`);
      continue;
    }
    // "many" in Spanish stands for millions; "other" answers for it where a catalog leaves it out.
    for (const form of new Intl.PluralRules(code).resolvedOptions().pluralCategories)
      if (here[form] === undefined && !(form === "many" && code === "es")) wrong.push(`${code}: ${key} has no form "${form}"`);
    if (namesIn(here.other) !== namesIn(english.other)) wrong.push(`${code}: ${key} fills in {${namesIn(here.other)}}, English {${namesIn(english.other)}}`);
  }
}

function filesBelow(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
let asked = 0;
for (const file of filesBelow(join(web, "src")).filter((path) => /\.(svelte|ts)$/.test(path)))
  for (const found of readFileSync(file, "utf8").matchAll(/\bt\("([^"]+)"/g)) {
    ++asked;
    if (!(found[1] in catalogs.en)) wrong.push(`${file}: no catalog knows "${found[1]}"`);
  }
if (asked < 100) wrong.push(`only ${asked} words asked for: the search for them is broken`);
// Keys that are put together: each of these families must be whole.
for (const [family, members] of Object.entries({
  "page.": ["overview", "documents", "search", "claims"],
  "form.": ["cmr", "delivery_note", "payment_order", "transfer_order", "eticket", "boarding_pass", "invoice", "payslip", "employment_contract", "military_service_contract", "power_of_attorney", "questionnaire", "visa_application", "medical_certificate", "birth_certificate", "military_id", "residence_registration"],
  "grade.": ["checked", "corrected", "unconfirmed", "doubtful", "inconsistent"],
  "why.field.": ["checked", "unlike", "check_fails", "impossible_date", "doubt", "no_check_digit", "characters", "margin", "repaired", "composite_fails", "faint"],
  "witness.": ["face", "barcode", "image"],
  "against.": ["face", "barcode", "image"],
  "word.": ["same", "different", "unsure"],
  "outcome.": ["read", "cut", "kept", "duplicate", "failed", "waiting"],
  "verdict.": ["fits", "does_not_fit", "undecidable", "nothing_held"],
  "stance.": ["assert", "deny", "concede", "disclaim", "accuse", "promise", "threaten"],
  "relation.": ["agrees", "conflicts", "restates", "compatible"],
  "kind.": ["mail", "document", "sheet", "image", "text", "page", "archive", "contact", "calendar", "media", "other", "mailbox", "database", "outlook", "locked"],
  "says.": ["document", "exif", "media", "database", "database_log", "mailbox", "recovered", "card", "event", "task", "journal", "note", "barcode", "candidate", "zip_difference", "exif_thumbnail", "type_mismatch"],
  "part.log.": ["1", "2"],
  "mail.signature.": ["unsigned", "present"],
  "field.": ["document_code", "issuer", "document_number", "nationality", "birth_date", "sex", "expiry_date", "surname", "given_names", "optional", "optional_2"],
  "trouble.": ["gone", "busy", "locked", "door", "notfound", "refused", "denied", "malformed", "unsupported", "io", "bug", "weak"],
}))
  for (const member of members) if (!(family + member in catalogs.en)) wrong.push(`no catalog knows "${family}${member}"`);

// Why a confrontation came out so is named in one place of the claims.
const because = /kNames = \{([^}]*)\}/.exec(readFileSync(join(web, "../src/claims/confront.cc"), "utf8"))[1].match(/"\w+"/g).map((word) => word.slice(1, -1));
if (because.length < 20) wrong.push("the reasons of claims were not found in src/claims/confront.cc");
for (const word of because) if (word !== "unreadable" && !(`because.${word}` in catalogs.en)) wrong.push(`no catalog knows "because.${word}"`);

// What a page may seem to be is said by a table of the reader's.
const titles = readFileSync(join(web, "../resources/documents/identity.tsv"), "utf8").split("\n").map((line) => line.split("\t"));
for (const what of new Set(["identity document", "entry stamp", ...titles.filter(([, role]) => role === "title").map((row) => row[2])]))
  if (!(`seems.${what}` in catalogs.en)) wrong.push(`no catalog knows "seems.${what}"`);

// Why something was not read is said in the readers' own words, which are the keys; a key that no reader says is of no use.
const sources = filesBelow(join(web, "../src")).filter((path) => /\.(cc|h)$/.test(path)).map((path) => [path, readFileSync(path, "utf8").replace(/"\s*\n\s*"/g, "")]);
const reasons = keys.filter((key) => key.startsWith("why.") && !key.startsWith("why.field.")).map((key) => key.slice(4));
// A literal is a reason, or its beginning, end or middle where a number or a name follows or goes before.
const inReasons = (words) => reasons.some((each) => each === words || each === words.replace(/\d[\d,]*|\{\}/, "{n}").replace("{}", "{m}") || (/^[ ,]| $/.test(words) && each.includes(words)));
let told = 0;
for (const [path, source] of sources.filter(([path]) => /src\/(unpack|pixels)\//.test(path)))
  for (const [, words] of source.matchAll(/(?:\bfail\(Fault::\w+,\s*|[uU]nread\w*(?:\.(?:insert|emplace_back|push_back))?\([^;"]*)"([^"\\]+)"/g))
    for (const each of words.split(/: |; | \(|\)/).filter((each) => each.includes(" "))) {
      ++told;
      if (!inReasons(each)) wrong.push(`${path}: no catalog knows the reason "${each}"`);
    }
if (told < 200) wrong.push(`only ${told} reasons found: the search for them is broken`);
const all = sources.map(([, source]) => source).join("");
for (const reason of reasons) {
  const piece = reason.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0].trim();
  if (!piece.split(", ").every((each) => all.includes(each))) wrong.push(`no reader says "why.${reason}"`);
}

for (const line of wrong) console.error(line);
console.log(`${keys.length} words in ${languages.length} languages, ${asked} places that ask for one, ${wrong.length} wrong`);
process.exit(wrong.length ? 1 : 0);

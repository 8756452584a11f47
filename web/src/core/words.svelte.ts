// The page's words in four languages, and numbers, sizes and dates as each writes them.
import en from "../words/en.json";

export const languages = { es: "Español", en: "English", ru: "Русский", uk: "Українська" } as const;
export type Language = keyof typeof languages;
type Entry = string | Record<string, string>;
type Catalog = Record<string, Entry>;

const others: Record<string, () => Promise<{ default: Catalog }>> = {
  es: () => import("../words/es.json"),
  ru: () => import("../words/ru.json"),
  uk: () => import("../words/uk.json"),
};

// Language and light are the only things this page leaves in the browser.
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

let language = $state<Language>("en");
let catalog = $state.raw<Catalog>(en);

export const currentLanguage = () => language;

export async function speak(wanted: Language): Promise<void> {
  catalog = wanted === "en" ? en : (await others[wanted]()).default;
  language = wanted;
  document.documentElement.lang = wanted;
  keep("careo-language", wanted);
}

export async function speakAsAsked(): Promise<void> {
  const wished = [kept("careo-language"), ...navigator.languages].map((tag) => tag?.slice(0, 2) ?? "");
  await speak((wished.find((tag) => tag in languages) ?? "en") as Language).catch(() => undefined);
}

/** Whether a catalog has words for a key. */
export const worded = (key: string) => key in catalog || key in en;

/** The words of a key; `{n}` and other names are filled in, `n` chooses the plural. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  let entry: Entry = catalog[key] ?? (en as Catalog)[key] ?? key;
  if (typeof entry !== "string") {
    const form = made("plural", (tag) => new Intl.PluralRules(tag)).select(Number(values.n ?? 0));
    entry = entry[form] ?? entry.other;
  }
  return entry.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

// English as the machine has it, else as most of its readers write a date: the day first.
const tagOf = (language: Language) => navigator.languages.find((tag) => tag.slice(0, 2) === language) ?? (language === "en" ? "en-GB" : language);
// A formatter costs more to make than a page's numbers to write: each is made once a language.
const formatters = new Map<string, unknown>();
function made<T>(what: string, make: (tag: string) => T): T {
  const key = `${language} ${what}`;
  if (!formatters.has(key)) formatters.set(key, make(tagOf(language)));
  return formatters.get(key) as T;
}

/** Letters whatever their case and accents: for what is typed to find by. */
export const fold = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const number = (value: number) => made("number", (tag) => new Intl.NumberFormat(tag)).format(value);

export function bytes(value: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let unit = 0;
  for (; value >= 1000 && unit < 4; ++unit) value /= 1000;
  const digits = unit && value < 100 ? 1 : 0;
  return made(`${units[unit]} ${digits}`, (tag) => new Intl.NumberFormat(tag, {
    style: "unit", unit: units[unit], unitDisplay: unit ? "short" : "long", maximumFractionDigits: digits,
  })).format(value);
}

/** A day or an instant; parts that a document does not give stay away: "1965-12" is December 1965. */
export function day(iso: string): string {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(iso);
  if (!found) return iso;
  const [, year, month, date] = found;
  const when = new Date(Date.UTC(+year, month ? +month - 1 : 0, date ? +date : 1));
  return made(`date ${!!month} ${!!date}`, (tag) => new Intl.DateTimeFormat(tag, {
    timeZone: "UTC", year: "numeric", ...(month && { month: "short" }), ...(date && { day: "numeric" }),
  })).format(when);
}
export function clock(iso: string, to: "minutes" | "seconds" = "minutes"): string {
  const found = (to === "seconds" ? /T(\d\d:\d\d:\d\d)/ : /T(\d\d:\d\d)/).exec(iso);
  return found ? `${day(iso)}, ${found[1]} UTC` : "";
}

/** How long something lasted, in the unit that says it with two digits or so; below 0 with its sign. */
export function lasting(seconds: number): string {
  const units: [string, number][] = [["day", 86400], ["hour", 3600], ["minute", 60]];
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= 2 * length) ?? ["second", 1];
  return made(`lasting ${unit}`, (tag) => new Intl.NumberFormat(tag, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: unit === "second" ? 0 : 1 })).format(seconds / length);
}

/** As paper shows it: the first letter of each word; of what holds a digit, the last two characters. */
export const masked = (text: string) =>
  text.replace(/[\p{L}\p{N}\p{M}]+/gu, (word) => {
    const letters = Array.from(word);
    if (/\p{N}/u.test(word)) return letters.length > 4 ? "•".repeat(letters.length - 2) + letters.slice(-2).join("") : "•".repeat(letters.length);
    return letters[0] + "•".repeat(Math.min(3, letters.length - 1));
  });

/** A language by the name that this one has for it; of one whose script alone is known ("xx-Ogam"), the script. */
export function languageName(code: string): string {
  const script = /^xx-(\w{4})$/.exec(code)?.[1];
  if (script) return t("language.unknown", { script: made("script", (tag) => new Intl.DisplayNames([tag], { type: "script" })).of(script) ?? script });
  return made("language", (tag) => new Intl.DisplayNames([tag], { type: "language" })).of(code) ?? code;
}

/** Names of states by the three letters that passports use, where the browser knows them. */
export function state(code: string): string {
  const two = ({ D: "DE", GBR: "GB", USA: "US", CUB: "CU", RUS: "RU", UKR: "UA", ESP: "ES", FRA: "FR", POL: "PL", COL: "CO", VEN: "VE", MEX: "MX", ARG: "AR", BRA: "BR", BLR: "BY", KAZ: "KZ", NPL: "NP", IND: "IN", LKA: "LK", CHN: "CN", SYR: "SY", SRB: "RS" } as Record<string, string>)[code];
  if (!two) return code;
  return made("region", (tag) => new Intl.DisplayNames([tag], { type: "region" })).of(two) ?? code;
}

/** Makes beforehand what the pages write with: the first number, day and name of a state take milliseconds each. */
export function sharpen(): void {
  number(0);
  day("2000-01-01");
  state("CUB");
}

/**
 * Text out of the leak, made inert for the eye too: controls and marks that turn the direction of writing are shown as
 * what they are, so that "exe.gpj" cannot pose as "jpg.exe".
 */
export function plain(text: string, keepLines = false): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, (c) => {
    if (keepLines && (c === "\n" || c === "\t")) return c;
    if (c === "\r" && keepLines) return "";
    const code = c.codePointAt(0)!;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return `‹${code.toString(16).toUpperCase().padStart(4, "0")}›`;
  });
}

// The tray of exhibits: trails chosen to be shown, with notes. It lies with the desk, in memory; never in the browser. A window
// says one change, and hears what the tray is then: two windows take nothing of each other's away.
import { get, post, Trouble } from "./api";
import { desk, say } from "./desk.svelte";
import { t } from "./words.svelte";

export type Exhibit = { trail: string; title: string; note: string };
type Answer = { changes: number; rows: Exhibit[] };
let items = $state.raw<Exhibit[]>([]);
let trouble = $state("");
let shown = $state(false);
export const tray = () => items;
/** Why it is not known what lies in it, or nothing. */
export const trayTrouble = () => trouble;
export const trayShown = () => shown;
export const showTray = (yes: boolean) => (shown = yes);

// One after the other: an answer never overtakes a later one.
let last: Promise<unknown> = Promise.resolve();
let known = "";
const faultOf = (error: unknown) => (error instanceof Trouble ? error.fault : "bug");
function ask(question: () => Promise<Answer>): Promise<void> {
  const answered = last.then(question).then(({ changes, rows }) => {
    items = rows;
    known = `${desk()?.word} ${changes}`;
    trouble = "";
  });
  last = answered.catch(() => undefined);
  return answered;
}

/** As the desk has it, where another window has changed it. */
export function followTray(): void {
  const now = desk();
  if (now?.open && known !== `${now.word} ${now.tray}`) ask(() => get<Answer>("tray")).catch((error) => (trouble = faultOf(error)));
}
export function forgetTray(): void {
  items = [];
  known = "";
}
const change = (change: "put" | "take", trail: string, more: { title?: string; note?: string } = {}) =>
  ask(() => post<Answer>("tray", { change, trail, ...more })).catch((error) => say(`${t("tray.failed")} ${t(`trouble.${faultOf(error)}`)}`, "trouble"));

export const inTray = (trail: string) => items.some((item) => item.trail === trail);
export const put = (trail: string, title: string) => change("put", trail, { title });
export const take = (trail: string) => change("take", trail);
export const annotate = ({ trail, title }: Exhibit, note: string) => change("put", trail, { title, note });

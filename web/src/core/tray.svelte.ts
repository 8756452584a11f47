// The tray of exhibits: trails chosen to be shown, with notes. It lies with the desk, in memory; never in the browser.
import { get, post } from "./api";

export type Exhibit = { trail: string; title: string; note: string };
let items = $state.raw<Exhibit[]>([]);
let shown = $state(false);
export const tray = () => items;
export const trayShown = () => shown;
export const showTray = (yes: boolean) => (shown = yes);

export async function fetchTray(): Promise<void> {
  items = await get<Exhibit[]>("tray").catch(() => []);
}
async function keep(next: Exhibit[]): Promise<void> {
  items = next;
  await post("tray", next).catch(() => undefined);
}
export const inTray = (trail: string) => items.some((item) => item.trail === trail);
export const put = (trail: string, title: string) => (inTray(trail) ? undefined : keep([...items, { trail, title, note: "" }]));
export const take = (trail: string) => keep(items.filter((item) => item.trail !== trail));
export const annotate = (trail: string, note: string) =>
  keep(items.map((item) => (item.trail === trail ? { ...item, note } : item)));

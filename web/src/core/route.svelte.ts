// Where the person is. The address bar holds it sealed under a key of this sitting: it survives reload, back and
// forward, and a browser's history tells nobody which names were looked for.
export type Route =
  | { page: "overview"; trail?: string }
  | { page: "documents"; grade?: string; issuer?: string; text?: string; expiry?: string; several?: boolean; unread?: boolean }
  | { page: "document"; id: string }
  | { page: "search"; q: string; trail?: string }
  | { page: "part"; trail: string }
  | { page: "claims"; article?: string; claim?: string };

let current = $state.raw<Route>({ page: "overview" });
let lost = $state(false);
export const route = () => current;
export const wasLost = () => lost;
export const forgetLost = () => (lost = false);

let key: CryptoKey | undefined;
let secret = new Uint8Array();

export async function useKey(hex: string): Promise<void> {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  if (key && bytes.every((byte, i) => byte === secret[i])) return;
  secret = bytes;
  key = await crypto.subtle.importKey("raw", bytes, "AES-CTR", false, ["encrypt", "decrypt"]);
  await read();
}

async function mark(text: Uint8Array): Promise<Uint8Array> {
  const both = new Uint8Array(secret.length + text.length);
  both.set(secret);
  both.set(text, secret.length);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", both)).slice(0, 16);
}

const toBase64 = (bytes: Uint8Array) => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};
const fromBase64 = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

// The counter is a mark of the text itself, so one place has one address, and what does not belong here is known.
async function seal(where: Route): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(where));
  const counter = await mark(text);
  const sealed = await crypto.subtle.encrypt({ name: "AES-CTR", counter, length: 64 }, key!, text);
  return toBase64(new Uint8Array([...counter, ...new Uint8Array(sealed)]));
}

async function unseal(address: string): Promise<Route | undefined> {
  try {
    const bytes = fromBase64(address);
    const counter = bytes.slice(0, 16);
    const text = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key!, bytes.slice(16)));
    const right = await mark(text);
    return right.every((byte, i) => byte === counter[i]) ? JSON.parse(new TextDecoder().decode(text)) : undefined;
  } catch {
    return undefined;
  }
}

export const addressOf = async (where: Route) => (key ? "#" + (await seal(where)) : "#");

async function read(): Promise<void> {
  const address = location.hash.slice(1);
  const where = address ? await unseal(address) : ({ page: "overview" } as Route);
  lost = !where;
  current = where ?? { page: "overview" };
}
addEventListener("popstate", () => void (key && read()));
addEventListener("hashchange", () => void (key && read()));

export async function go(where: Route, how: "push" | "replace" = "push"): Promise<void> {
  current = where;
  lost = false;
  const address = await addressOf(where);
  if (address === location.hash) return;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** `use:to={route}` on an anchor: a real address for the middle button, no reload for the left one. */
export function to(anchor: HTMLAnchorElement, where: Route) {
  let target = where;
  const show = () => void addressOf(target).then((address) => (anchor.href = address));
  const click = (event: MouseEvent) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void go(target);
  };
  show();
  anchor.addEventListener("click", click);
  return {
    update(next: Route) {
      target = next;
      show();
    },
    destroy: () => anchor.removeEventListener("click", click),
  };
}

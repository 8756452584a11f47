// Sending what was dropped or chosen: in rounds, small files first, as the desk plans them. What came is read, and can be
// searched, before the next round is sent; of a large mailbox the beginning goes first.
import { post, Trouble } from "./api";
import { desk, deskTrouble, look } from "./desk.svelte";

/** A file chosen is there; of one dropped, its length is asked for: half a millisecond each. Null: it cannot be looked at. */
export type Found = { path: string; file?: File | null; entry?: FileSystemFileEntry };
type Plan = { rounds: number[]; long_file: number };
type Sent = { files: number; all: number; bytes: number; total: number };

let state = $state.raw<Sent | undefined>();
let trouble = $state.raw<Trouble | undefined>();
let stopping = new AbortController();
export const sending = () => state;
export const sendingTrouble = () => trouble;
export const stopSending = () => stopping.abort();

const size = ({ file }: Found) => file?.size ?? 0;
const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
// As the desk encodes the names in a trail: stricter than encodeURIComponent.
const line = (each: Found) => `${each.file === undefined ? "-" : size(each)} ${encoded(each.path)}\n`;
const encoded = (path: string) => encodeURIComponent(path).replace(/[!~*'()]/g, (c) => "%" + c.charCodeAt(0).toString(16).toUpperCase());

/** `empty`: folders in which nothing stands. Walked by a list of our own, never by recursion: a folder may be as deep as it likes. */
export async function walk(entries: FileSystemEntry[]): Promise<{ files: Found[]; empty: string[] }> {
  const out: Found[] = [];
  const empty: string[] = [];
  const open = [...entries];
  while (open.length) {
    const entry = open.pop()!;
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      out.push({ path, entry: entry as FileSystemFileEntry });
      continue;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    let any = false;
    try {
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((good, bad) => reader.readEntries(good, bad));
        if (!some.length) break;
        any = true;
        open.push(...some);
      }
      if (!any) empty.push(path);
    } catch {
      out.push({ path, file: null });
    }
  }
  return { files: out, empty };
}

const kMeasured = 200;  // by the lengths of the first of them the desk knows a folder again
async function measure(files: Found[]): Promise<void> {
  for (let at = 0; at < files.length; at += kMeasured)
    await Promise.all(
      files.slice(at, at + kMeasured).map(async (each) => {
        if (each.file === undefined) each.file = await new Promise<File | null>((found) => each.entry!.file(found, () => found(null)));
      }),
    );
}

async function idle(): Promise<void> {
  do {
    await pause(150);
    await look();
    if (deskTrouble()) throw deskTrouble();
    stopping.signal.throwIfAborted();
  } while (desk()?.job?.running);
}
// Somebody may have begun another job meanwhile: that comes first.
async function whenFree<T>(deed: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await deed();
    } catch (error) {
      if (!(error instanceof Trouble) || error.fault !== "busy") throw error;
    }
    await idle();
  }
}
const upload = (body: Blob, query: Record<string, string>) => whenFree(() => post<{ head: boolean }>("upload", body, query, stopping.signal));
async function arrived(): Promise<true> {
  await whenFree(() => post("arrived"));
  await look();  // from here on the page looks often
  return true;
}

function delivered(files: Found[]): void {
  state = { ...state!, files: state!.files + files.length, bytes: state!.bytes + files.reduce((sum, each) => sum + size(each), 0) };
}
async function deliverOne(each: Found): Promise<void> {
  const { path, file } = each;
  const readable = file && (file.size === 0 || (await file.slice(0, 1).arrayBuffer().then(() => true, () => false)));
  await upload(readable ? file : new Blob(), readable ? { path } : { path, missed: "1" });
  delivered([each]);
}
// Small ones many at a time: a request takes longer than a mail. Where one of them cannot be read the browser sends none.
async function deliver(files: Found[]): Promise<void> {
  const packs: Found[][] = [];
  let bytes = 0;
  for (const each of files) {
    if (!packs.length || bytes + size(each) > 1 << 20 || packs.at(-1)!.length >= kMeasured || each.file === null) {
      packs.push([]);
      bytes = 0;
    }
    packs.at(-1)!.push(each);
    bytes += each.file === null ? 1 << 20 : size(each);
  }
  for (const pack of packs) {
    if (pack.length > 1) {
      try {
        await upload(new Blob(pack.flatMap((each) => [line(each), each.file!])), {});
        delivered(pack);
        continue;
      } catch (error) {
        if (!(error instanceof Trouble) || error.fault !== "gone" || stopping.signal.aborted) throw error;
        await idle();
      }
    }
    for (const each of pack) await deliverOne(each);
  }
}
async function deliverBeginning(files: Found[], least: number): Promise<boolean> {
  for (const { path, file } of files) {
    if (!file || file.size < least || !/^[\r\n]*From /.test(await file.slice(0, 64).text().catch(() => ""))) continue;
    for (const most of [8 << 20, 32 << 20]) if ((await upload(file.slice(0, most), { path, head: "1" })).head) return true;
  }
  return false;
}

const bySize = (a: Found, b: Found) => size(a) - size(b) || (a.path < b.path ? -1 : 1);
const announce = (files: Found[], query: Record<string, string>, empty: string[] = []) =>
  whenFree(() => post<Plan>("arriving", new Blob([...empty.map((path) => `0 ${encoded(`${path}/`)}\n`), ...files.map(line)]), query));

// What the first plan cannot name, since its length is not known, is measured while the first round is read.
async function deliverAll(files: Found[], plan: Plan): Promise<void> {
  const all = files.length;
  let rest = files;
  let beginning = plan.long_file > 0;  // wanted with the first round
  let next: Found[] | undefined = files.some((each) => each.file === undefined) ? files : undefined;
  for (let rounds = [...plan.rounds]; rounds.length || next; ) {
    const count = rounds.shift() ?? 0;
    let told = false;  // the job that the desk speaks of is of this round, not one of before
    await deliver(rest.slice(0, count));
    rest = rest.slice(count);
    if (next) {
      if (count) told = await arrived();
      await measure(next);
      state = { ...state!, total: next.reduce((sum, each) => sum + size(each), 0) };
      rounds = (await announce(next.sort(bySize), { measured: "1" })).rounds;
      rest = rest.sort(bySize);
      next = undefined;
    } else {
      const begun = beginning && count < all && rest.length > 0 && (await deliverBeginning(rest, plan.long_file));
      beginning = false;
      if (count || begun) told = await arrived();
    }
    if (rest.length) await idle();
    if (told && desk()?.job?.error) return;  // it says what went wrong by itself
  }
}

/** Ends once the desk knows what will come; the rest goes on by itself. */
export async function send(found: Found[], label: string, how: string, empty: string[]): Promise<void> {
  if (state) throw new Trouble("busy", "");
  const byPath = new Map(found.map((each) => [each.path, each]));  // of one name the later, as in a folder
  const files = [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  await measure(files.slice(0, kMeasured));
  files.sort((a, b) => Number(a.file === undefined) - Number(b.file === undefined) || bySize(a, b));
  stopping = new AbortController();
  trouble = undefined;
  state = { files: 0, all: files.length, bytes: 0, total: files.reduce((sum, each) => sum + size(each), 0) };
  const plan = await announce(files, { label, how }, empty).catch((error) => {
    state = undefined;
    throw error;
  });
  void deliverAll(files, plan)
    .catch((error) => {
      if (!stopping.signal.aborted) trouble = error instanceof Trouble ? error : new Trouble("bug", String(error));
      return post("arrived").catch(() => undefined);  // what came is kept, and read
    })
    .finally(() => {
      state = undefined;
      void look();
    });
}

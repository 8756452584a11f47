// What a part is, for people: a word and a drawing for each media type.
import { t } from "./words.svelte";

const kinds: [RegExp, string][] = [
  [/^message\/(rfc822|global|news|x-emlx)$/, "mail"],
  [/mbox|maildir|outlook-pst|folder/, "mailbox"],
  [/sqlite|ms-access/, "database"],
  [/^application\/vnd\.ms-outlook$/, "outlook"],
  [/^application\/x-locked$/, "locked"],
  [/^text\/vcard$/, "contact"],
  [/^text\/calendar$/, "calendar"],
  [/^(audio|video)\//, "media"],
  [/^text\/html$|xhtml/, "page"],
  [/^image\//, "image"],
  [/zip|x-tar|gzip|rar|7z|archive|compress|bzip|x-xz|x-xar|cpio|lha|x-lz|zstd|iso9660|tnef|warc/, "archive"],
  [/sheet|csv|excel|tab-separated/, "sheet"],
  [/pdf|word|document|rtf|presentation|powerpoint/, "document"],
  [/^text\//, "text"],
];
export const coarse = (type: string) => kinds.find(([form]) => form.test(type))?.[1] ?? "other";

const icons: Record<string, string> = { locked: "lock", mailbox: "archive", database: "sheet", outlook: "mail", contact: "person", calendar: "document", media: "other", page: "text" };
export const iconOf = (type: string) => icons[coarse(type)] ?? coarse(type);
export const kindOf = (type: string) => (coarse(type) === "other" ? (type === "application/octet-stream" ? "" : type) || t("kind.other") : t(`kind.${coarse(type)}`));

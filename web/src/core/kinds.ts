// What a part is, for people: a word and a drawing for each media type.
import { t } from "./words.svelte";

export function coarse(type: string): string {
  if (type === "message/rfc822") return "mail";
  if (/mbox|maildir|folder/.test(type)) return "mailbox";
  if (type.startsWith("image/")) return "image";
  if (/zip|tar|gzip|rar|7z|archive|compress|bzip|xz/.test(type)) return "archive";
  if (/sheet|csv|excel|tab-separated/.test(type)) return "sheet";
  if (/pdf|word|document|rtf|presentation/.test(type)) return "document";
  if (type.startsWith("text/")) return "text";
  return "other";
}
const icons: Record<string, string> = { mailbox: "archive" };
export const iconOf = (type: string) => icons[coarse(type)] ?? coarse(type);
export const kindOf = (type: string) => (coarse(type) === "other" ? type || t("kind.other") : t(`kind.${coarse(type)}`));

// What was counted, as a sentence with its caveat.
import type { Count, Verdict } from "./api";
import { t } from "./words.svelte";

export const countsSentence = ({ fits, does_not_fit, undecidable, nothing_held }: Record<Verdict, number>) =>
  t("claims.counted", { n: fits + does_not_fit + undecidable + nothing_held, fits, not: does_not_fit, undecidable, nothing: nothing_held });

export const personsSentence = ({ persons, images, unread_images: unread, waiting_pages: waiting }: Count) =>
  t(waiting ? "persons.sentence.waiting" : "persons.sentence", { n: persons.lower, images, unread, ...(waiting && { waiting }) });

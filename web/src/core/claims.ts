// What a page of claims comes to, as a sentence with its caveat.
import type { Verdict } from "./api";
import { t } from "./words.svelte";

export const countsSentence = ({ fits, does_not_fit, undecidable, nothing_held }: Record<Verdict, number>) =>
  t("claims.counted", { n: fits + does_not_fit + undecidable + nothing_held, fits, not: does_not_fit, undecidable, nothing: nothing_held });

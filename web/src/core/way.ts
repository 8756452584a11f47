// A mail's way through servers, out of its Received lines: from the first server to the last, with how long each step took.
export type Hop = { from?: string; ip?: string; host?: string; by?: string; for?: string; date?: string };
/** `after`: seconds behind the last time that is known before it; below 0 where the clocks contradict. */
export type Step = Hop & { after?: number };

const seconds = (iso: string | undefined) => (iso ? Date.parse(iso) / 1000 : NaN);

/** `hops` as they stand, the youngest first; `sent`: the mail's own date. */
export function wayOfMail(hops: Hop[], sent: string | null | undefined): Step[] {
  let before = seconds(sent ?? undefined);
  return hops.toReversed().map((hop) => {
    const at = seconds(hop.date);
    const after = Number.isNaN(at) || Number.isNaN(before) ? undefined : at - before;
    if (!Number.isNaN(at)) before = at;
    return { ...hop, ...(after !== undefined && { after }) };
  });
}

/** From the mail's own date, or the first server's, to the last one's; undefined where that cannot be told. */
export function lastedOf(steps: Step[], sent: string | null | undefined): number | undefined {
  const times = [seconds(sent ?? undefined), ...steps.map((step) => seconds(step.date))].filter((at) => !Number.isNaN(at));
  return times.length > 1 ? times[times.length - 1] - times[0] : undefined;
}

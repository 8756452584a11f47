// A trail as people read it: the names on the way, and the trail that leads to each.
import { t } from "./words.svelte";

export type Crumb = { words: string; trail: string };

const decode = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

export const withoutRegion = (trail: string) => trail.split("#", 1)[0];

/** The trail of what holds it. */
export const holding = (trail: string) => withoutRegion(trail).replace(/\/[^/]*$/, "");

export function crumbs(trail: string): Crumb[] {
  const steps = withoutRegion(trail).split("/");
  let so_far = steps[0];
  const out: Crumb[] = [];
  for (const step of steps.slice(1)) {
    so_far += "/" + step;
    const at = step.indexOf(":");
    const [kind, value] = [step.slice(0, at), step.slice(at + 1)];
    const words =
      kind === "path" ? decode(value)
      : kind === "range" ? t("step.range", { at: Number(value.split("+")[0]) })
      : kind === "expand" ? t("step.expand", { packing: value })
      : t(`step.${kind}`, { at: Number(value) });
    out.push({ words, trail: so_far });
  }
  return out;
}

/** The page number and the box that a trail's region names. */
export function regionOf(trail: string): { page?: number; box?: [number, number][]; text?: [number, number] } {
  const region = trail.split("#")[1] ?? "";
  const page = /(?:^|;)page:(\d+)/.exec(region);
  const box = /(?:^|;)box:([-\d,]+)/.exec(region);
  const text = /(?:^|;)text:(\d+)-(\d+)/.exec(region);
  const numbers = box?.[1].split(",").map(Number);
  return {
    ...(page && { page: +page[1] }),
    ...(numbers?.length === 8 && { box: [0, 2, 4, 6].map((i) => [numbers[i], numbers[i + 1]] as [number, number]) }),
    ...(text && { text: [+text[1], +text[2]] as [number, number] }),
  };
}
export const pageOf = (trail: string) => withoutRegion(trail) + (regionOf(trail).page ? `#page:${regionOf(trail).page}` : "");

/**
 * The document that a zone belongs to, as a region: from the zone up by the height of a passport's page or a card, which
 * stand to a zone's width alike, and a little around. The worker turns it upright.
 */
export function documentAt(trail: string): string {
  const { box, page } = regionOf(trail);
  if (!box) return trail;
  const [a, b, c, d] = box;
  const along = [b[0] - a[0], b[1] - a[1]];
  const down = [d[0] - a[0], d[1] - a[1]];
  const width = Math.hypot(along[0], along[1]);
  const height = Math.hypot(down[0], down[1]) || 1;
  const at = (p: [number, number], side: number, by: number) => [0, 1].map((i) => Math.round(p[i] + side * along[i] + (by * width * down[i]) / height));
  const corners = [at(a, -0.05, -0.62), at(b, 0.05, -0.62), at(c, 0.05, 0.05), at(d, -0.05, 0.05)].flat();
  return `${withoutRegion(trail)}#${page ? `page:${page};` : ""}box:${corners.join(",")}`;
}

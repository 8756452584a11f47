// What stands on the way of a trail, by name: the subject of a mail, the name of an archive's member.
import { get } from "./api";
import { withoutRegion } from "./trail";

type Way = { trail: string; name: string }[];
const held = new Map<string, Promise<Way>>();

export function wayOf(trail: string): Promise<Way> {
  const whole = withoutRegion(trail);
  let known = held.get(whole);
  if (!known) {
    if (held.size > 3000) held.clear();
    known = get<{ rows: Way }>("way", { trail: whole }).then((answer) => answer.rows);
    known.catch(() => held.delete(whole));
    held.set(whole, known);
  }
  return known;
}
export const forgetNames = () => held.clear();

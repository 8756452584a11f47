// Light, dark, or as the machine has it.
import { keep } from "./words.svelte";
export type Light = "auto" | "light" | "dark";
let wanted = $state<Light>("auto");
export const light = () => wanted;
export function setLight(next: Light): void {
  wanted = next;
  keep("careo-light", next);
  if (next === "auto") delete document.documentElement.dataset.light;
  else document.documentElement.dataset.light = next;
}
export function lightAsKept(): void {
  try {
    const kept = localStorage.getItem("careo-light");
    if (kept === "light" || kept === "dark") setLight(kept);
  } catch {
    // As the machine has it.
  }
}
